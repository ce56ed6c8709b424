/** What an audience's ledger answers by queries alone: how many went which way, which ways nobody went, why somebody did. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import { event, hours, journey, sendEmail, waitFor, when } from '../../dsl/index.ts';
import { labelStep, stepKind } from '../../dsl/steps/index.ts';
import { at, day } from '../../rehearsal/story-time.ts';
import { rehearseAll } from '../../rehearsal/rehearse.ts';
import { virtually } from '../../rehearsal/virtually.ts';
import { memoryStore } from '../../store/memory/memory-store.ts';
import { decisions } from '../../store/tables/index.ts';
import { ana, Lead, letter } from './scenario.ts';

const Asked = event('Asked', z.object({}));

const asking = journey('asking', { lead: Lead }, [
  waitFor(Asked, { upTo: hours(24), yes: [sendEmail(letter('answer'))] }),
  when(Lead.is({ tier: 'gold' }), { yes: [sendEmail(letter('gold'))] }),
]);

test('ways are counted, those that nobody went are found, and each says what it rested on', async () => {
  const store = memoryStore();
  const leads = [0, 1, 2, 3, 4].map((n) => ({
    lead: ana({ name: `Lead ${n}` }),
    from: '2026-03-02T10:00',
    behaviour: n < 2 ? [at(day(1, '11:00'), Asked({}))] : [],
  }));
  let nodes: Parameters<typeof labelStep>[0][] = [];
  await rehearseAll(asking, leads, (scenario) => {
    nodes = [...scenario.project.plans.values()].flatMap((plan) => Object.values(plan.nodes));
    return virtually(scenario, { store });
  });
  const journeyId = { journey: 'asking', verdict: 'way' } as const;
  const counts = await store.transaction((tx) =>
    tx.count(decisions, ['what', 'outcome'], journeyId),
  );
  expect(counts.map(({ what, outcome, count }) => `${what}: ${outcome} ${count}`).sort()).toEqual([
    'if tier=gold: no 5',
    'wait for asked, 1 day: no 3',
    'wait for asked, 1 day: yes 2',
  ]);
  const walked = new Set(counts.map(({ what, outcome }) => `${what}: ${outcome}`));
  const possible = nodes.flatMap((node) => {
    const outcomes = stepKind(node.kind).outcomes(node.args);
    return outcomes.length < 2 ? [] : outcomes.map((each) => `${labelStep(node)}: ${each}`);
  });
  expect(possible.filter((way) => !walked.has(way))).toEqual(['if tier=gold: yes']);
  const [why] = await store.transaction((tx) =>
    tx.find(decisions, { person: 'ana-0', verdict: 'way', outcome: 'no' }),
  );
  expect(why).toMatchObject({ step: 'if:tier=gold', looked: { tier: null } });
});
