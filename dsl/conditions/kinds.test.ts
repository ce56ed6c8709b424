import { expect, test } from 'vitest';
import type { ConditionPlan } from '../plan.ts';
import { event } from '../event.ts';
import { days } from '../duration.ts';
import { listensTo, meantIn } from './index.ts';
import * as KINDS from './kinds.ts';

const Viewed = event('Viewed');
const plans: Readonly<Record<string, ConditionPlan>> = {
  event: Viewed.condition,
  happened: Viewed.happened({ within: days(1) }).condition,
  lead: { kind: 'lead', where: {} },
  check: { kind: 'check', name: 'own' },
  score: { kind: 'score', above: 1 },
};

test('whatever listens to events says which it looks at: of long pasts it is shown no others', () => {
  const leaves = Object.values(KINDS).filter((kind) => !('of' in kind));
  expect(Object.keys(plans).sort()).toEqual(leaves.map(({ kind }) => kind).sort());
  for (const plan of Object.values(plans))
    expect(meantIn([plan]).map(({ name }) => name)).toEqual(listensTo([plan]).events);
});
