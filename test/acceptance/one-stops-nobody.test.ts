/** Somebody whom the gate cannot decide about is parked with the error; everybody else of the batch gets what is theirs. */
import { describe, expect, test } from 'vitest';
import { recordBehaviour } from '../../activities/behaviour/record-behaviour.ts';
import { retryRuns } from '../../activities/entry/retry-runs.ts';
import { everyDay, journey, sendEmail, waitDays } from '../../dsl/index.ts';
import { makeScenario } from '../../rehearsal/scenario.ts';
import { Script } from '../../rehearsal/script.ts';
import { VirtualHost } from '../../rehearsal/virtual-host.ts';
import { virtually } from '../../rehearsal/virtually.ts';
import { memoryStore } from '../../store/memory/memory-store.ts';
import { enrolments, messages } from '../../store/tables/index.ts';
import { ana, Lead, letter } from './scenario.ts';

const from = '2026-03-02T10:00';
const letters = (cohortSize: number) =>
  journey('letters', { lead: Lead, cohortSize, sendWindow: everyDay('09:00', '18:00') }, [
    sendEmail(letter('first')),
    waitDays(1),
    sendEmail(letter('second')),
  ]);

/** A zone that there is not is refused where a project is composed: what is left is a mistake of ours. */
const withBrokenZone = (cohortSize: number) => {
  const lost = ana({ timezone: undefined as never });
  const all = [lost, ana(), ana()].map((lead) => ({ lead, from }));
  const scenario = makeScenario(letters(cohortSize), all);
  const { project } = scenario;
  const config = { ...project.config, fallbackZone: 'Europe/Madird' };
  return { ...scenario, project: { ...project, config } };
};

describe.each([1, 200])('in cohorts of %i', (cohortSize) => {
  test('the others go on, the one is parked with the error, and goes on when retried', async () => {
    const store = memoryStore();
    let host: VirtualHost | undefined;
    const hostFrom = (at: number) => (host = new VirtualHost(at));
    const scenario = withBrokenZone(cohortSize);
    const stories = await virtually(scenario, { store, hostFrom });
    expect(stories.map(({ status }) => status)).toEqual(['parked', 'completed', 'completed']);
    const runOf = (person: string) =>
      store.transaction(async (tx) => (await tx.find(enrolments, { person }))[0]);
    const parked = await runOf('ana-0');
    expect(parked?.error).toContain('[unknown-zone]');
    expect(parked?.position?.open?.request.type).toBe('effect');

    const { world, now } = host as unknown as VirtualHost;
    await recordBehaviour(world, [
      {
        type: 'identify',
        source: 'site',
        id: 'known-at-last',
        at: now,
        person: 'ana-0',
        traits: { timezone: 'Europe/Madrid' },
      },
    ]);
    await host?.play(new Script([]), now);
    await retryRuns(world, 'letters');
    await host?.play(new Script([]), now + 10 * 86_400_000);
    expect((await runOf('ana-0'))?.status).toBe('completed');
    const sent = await store.transaction((tx) => tx.find(messages, { person: 'ana-0' }));
    expect(sent.map(({ template }) => template)).toEqual(['first', 'second']);
  });
});
