import { expect, test } from 'vitest';
import { asTest, fewest } from './shrink.ts';
import { scenarioOf } from './scenario-of.ts';

test('what is not needed is left out, in few tries', async () => {
  let tries = 0;
  const needs = (needed: readonly number[]) => (kept: readonly number[]) => {
    tries += 1;
    return Promise.resolve(needed.every((each) => kept.includes(each)));
  };
  const all = Array.from({ length: 200 }, (_, i) => i);
  expect(await fewest(all, needs([17, 18, 163]))).toEqual([17, 18, 163]);
  expect(tries).toBeLessThan(120);
  expect(await fewest([], needs([]))).toEqual([]);
});

test('a scenario is printed as a test that can be run', () => {
  const printed = asTest(scenarioOf(7), 'sent-once');
  expect(printed).toContain("test('seed 7: sent-once'");
  const json = /const scenario: Scenario = ([\s\S]*?);\n\ntest/.exec(printed)?.[1] ?? '';
  expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(scenarioOf(7))));
});
