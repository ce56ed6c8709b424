import { test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { anyJourney } from '../../test/any-journey.ts';
import { printMermaid, printText, tryCompile, type Plan } from '../index.ts';

/** Where a person at a step may be next. */
const onwards = (plan: Plan, id: string): readonly string[] => {
  const node = plan.nodes[id];
  if (node === undefined) throw new Error(`${id} is not in the plan.`);
  return Object.values(node.next).filter((each) => typeof each === 'string');
};

test.prop([anyJourney], { numRuns: 500 })(
  'a journey compiles to a graph that is closed, connected and without circles, or not at all',
  (journey) => {
    const { plan, problems } = tryCompile(journey);
    if (plan === undefined) {
      expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['unreachable-step']));
      return;
    }
    const done = new Set<string>();
    const visit = (id: string, path: readonly string[]): void => {
      expect(path).not.toContain(id);
      if (done.has(id)) return;
      for (const next of onwards(plan, id)) visit(next, [...path, id]);
      done.add(id);
    };
    if (plan.start !== null) visit(plan.start, []);
    expect([...done].sort()).toEqual(Object.keys(plan.nodes).sort());
  },
);

test.prop([anyJourney])('compiling is repeatable, and every plan can be printed', (journey) => {
  const { plan } = tryCompile(journey);
  if (plan === undefined) return;
  expect(tryCompile(journey).plan).toEqual(plan);
  const text = printText(plan);
  for (const id of Object.keys(plan.nodes)) expect(text).toContain(`  ${id}: `);
  expect(printMermaid(plan)).toContain('flowchart TD');
});
