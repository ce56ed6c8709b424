import { expect, test } from 'vitest';
import * as z from 'zod';
import { handoffToSales, hours, journey, lead, minutes, owner } from './index.ts';
import { composeProject } from './project.ts';
import { labelIn } from './steps/index.ts';

const Lead = lead(z.object({ name: z.string() }));
const handing = (sla: ReturnType<typeof minutes>) =>
  journey('handing', { lead: Lead }, [handoffToSales({ to: owner, sla })]);

test('a fallback zone that nobody knows is refused with the others of its mistakes', () => {
  const compose = () =>
    composeProject({ journeys: [handing(hours(1))], fallbackZone: 'Europe/Madird' });
  expect(compose).toThrow(
    'fallbackZone: expected an IANA name such as "Europe/Madrid", received "Europe/Madird".',
  );
});

test.each([
  [hours(48), '48 h'],
  [minutes(20), '20 minutes'],
  [minutes(90), '90 minutes'],
])('an SLA of %j is labelled %s', (sla, label) => {
  const [plan] = composeProject({ journeys: [handing(sla)] }).plans.values();
  expect(labelIn(plan, 'handoff:owner')).toBe(`handoff to owner, ${label}`);
});
