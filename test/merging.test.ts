/** Two leads who turn out to be one, wherever either stands: one run goes on, the older, and nothing is lost or done twice. */
import { describe, expect, test } from 'vitest';
import { retryRuns } from '../activities/entry/retry-runs.ts';
import { isUnderWay } from '../engine/run.ts';
import { consentsOf } from '../activities/gate/consents-of.ts';
import { recordBehaviour } from '../activities/behaviour/record-behaviour.ts';
import {
  crmLinks,
  decisions,
  enrolments,
  messages,
  people,
  suppressions,
} from '../store/tables/index.ts';
import { DAY, HOUR, mergingWorld, STANDING, START, TOUR } from './merging-world.ts';

const STATES = [
  'not entered',
  'parked',
  ...(Object.keys(STANDING) as (keyof typeof STANDING)[]),
] as const;
type State = (typeof STATES)[number];
const PAIRS = STATES.flatMap((one) => STATES.map((other) => [one, other] as const));
const MERGED_ON = 30;

/** Has somebody stand so on the day of the merge. */
const entersOn = (state: State): number | undefined => {
  if (state === 'not entered') return undefined;
  return MERGED_ON - (state === 'parked' ? 0.5 : STANDING[state]);
};

describe.each([1, 200])('in cohorts of %i', (cohortSize) => {
  test.each(PAIRS)('%s and %s: one goes on, the older', async (one, other) => {
    const world = mergingWorld(cohortSize);
    const { store } = world.world;
    const consents = { news: true };
    await world.identify({ userId: 'ana' }, { name: 'ana', consents });
    await world.at(0.1);
    // A little later, so that one of the two is always the older.
    await world.identify({ userId: 'ann' }, { name: 'ann', consents });
    const states: readonly (readonly [string, State, number])[] = [
      ['ana', one, 0],
      ['ann', other, 0.01],
    ];
    const entries = states.flatMap(([user, state, later]) => {
      const day = entersOn(state);
      return day === undefined ? [] : [{ user, state, day: day + later }];
    });
    for (const { user, state, day } of entries.toSorted((a, b) => a.day - b.day)) {
      await world.at(day);
      if (state === 'parked') world.broken.add(user);
      await world.enter(user);
    }
    await world.at(MERGED_ON);
    const rows = () => store.transaction((tx) => tx.find(enrolments, {}));
    const before = await rows();
    for (const { user, state } of entries) {
      const person = await world.personOf(user);
      const status = before.find((run) => run.person === person)?.status;
      expect(status, user).toBe(
        state === 'ended' ? 'completed' : state === 'parked' ? 'parked' : 'live',
      );
    }
    const underWay = before
      .filter(({ status }) => isUnderWay(status))
      .toSorted((a, b) => a.enteredAt - b.enteredAt);

    expect(await world.merge('ann', 'ana')).toMatchObject({ verdict: 'merge' });
    const after = await rows();
    expect(after.filter(({ status }) => isUnderWay(status)).map(({ id }) => id)).toEqual(
      underWay.slice(0, 1).map(({ id }) => id),
    );
    expect(new Set(after.map(({ person }) => person)).size).toBe(before.length === 0 ? 0 : 1);
    expect(await store.transaction((tx) => tx.find(people, {}))).toHaveLength(1);

    world.broken.clear();
    await retryRuns(world.world, TOUR);
    await world.at(MERGED_ON + 60);
    const ended = await rows();
    for (const run of underWay.slice(0, 1))
      expect(ended.find(({ id }) => id === run.id)?.status).toBe('completed');
    for (const run of underWay.slice(1)) {
      expect(ended.find(({ id }) => id === run.id)?.status).toBe('merged');
      const later = await store.transaction((tx) => tx.find(decisions, { run: run.id }));
      expect(later.filter(({ at }) => at > START + MERGED_ON * DAY)).toEqual([]);
    }
    const sent = await store.transaction((tx) => tx.find(messages, {}));
    const steps = sent.map(({ run, step }) => `${run} ${step}`);
    expect(new Set(steps).size).toBe(steps.length);
    expect(sent.filter(({ status }) => status === 'waiting')).toEqual([]);
    // Whoever is left is who the own code is given.
    const greetings = ended.filter(({ status }) => status === 'completed').length;
    expect(world.greeted).toHaveLength(greetings);
    if (one !== 'ended' && other !== 'ended')
      expect(new Set(world.greeted)).toEqual(new Set(greetings === 0 ? [] : ['ana']));
  });

  test('what sales answered to the one that is gone is not asked again', async () => {
    const world = mergingWorld(cohortSize);
    const consents = { news: true };
    await world.identify({ userId: 'ana' }, { name: 'ana', consents });
    await world.identify({ userId: 'ann' }, { name: 'ann', consents });
    await world.enter('ann');
    await world.at(1);
    await world.enter('ana');
    const [younger, older] = (
      await world.world.store.transaction((tx) => tx.find(enrolments, {}))
    ).toReversed();
    const answers = (run: string | undefined) =>
      world.track({ userId: 'ana' }, 'Handoff Answered', {
        run: run ?? '',
        step: 'sales',
        answer: 'yes',
      });
    // Both wait for sales.
    await world.at(7.5);
    await world.merge('ann', 'ana');
    await answers(younger?.id);
    const position = async () =>
      (
        await world.world.store.transaction((tx) => tx.find(enrolments, { id: older?.id ?? '' }))
      )[0];
    expect(await position()).toMatchObject({ status: 'live', step: 'email:second' });
    // The task of the younger was there already; nobody is asked again.
    expect(world.ports.crm.content().tasks.map(({ kind }) => kind)).toEqual(['handoff', 'handoff']);
  });

  test('an answer from before the merge, or from before the step, counts too', async () => {
    for (const [merged, answered] of [
      [7.9, 7.8],
      [6.9, 6.5],
      [4, 3],
    ] as const) {
      const world = mergingWorld(cohortSize);
      const consents = { news: true };
      await world.identify({ userId: 'ana' }, { name: 'ana', consents });
      await world.identify({ userId: 'ann' }, { name: 'ann', consents });
      await world.enter('ana');
      await world.at(0.9);
      await world.enter('ann');
      const [older, younger] = (
        await world.world.store.transaction((tx) => tx.find(enrolments, {}))
      ).toSorted((a, b) => a.enteredAt - b.enteredAt);
      await world.at(answered);
      await world.track({ userId: 'ann' }, 'Handoff Answered', {
        run: younger?.id ?? '',
        step: 'sales',
        answer: 'yes',
      });
      await world.at(merged);
      await world.merge('ann', 'ana');
      await world.at(60);
      const rows = await world.world.store.transaction((tx) =>
        tx.find(decisions, { run: older?.id ?? '', step: 'sales' }),
      );
      expect(rows.find(({ verdict }) => verdict === 'way')?.outcome).toBe('yes');
      const { tasks } = world.ports.crm.content();
      const handoffs = tasks.filter(({ kind }) => kind === 'handoff').length;
      expect(handoffs).toBe(merged < 6 ? 0 : merged < 6.9 ? 1 : handoffs);
      expect(tasks.filter(({ kind }) => kind === 'escalation')).toEqual([]);
    }
  });
});

test('what an anonymous visitor did is news when they say who they are', async () => {
  const world = mergingWorld(1);
  await world.identify({ userId: 'ana' }, { name: 'ana', consents: { news: true } });
  await world.enter('ana');
  await world.at(2.5);
  await world.track({ anonymousId: 'laptop' }, 'Booked');
  await world.at(3);
  await world.identify({ userId: 'ana', anonymousId: 'laptop' }, {});
  const [run] = await world.world.store.transaction((tx) => tx.find(enrolments, {}));
  expect(run).toMatchObject({ step: 'wait:2d#2', since: START + 3 * DAY });
});

test('an opt-out of either stays until who they turn out to be opts in again', async () => {
  const world = mergingWorld(1);
  const { store } = world.world;
  await world.identify({ userId: 'ana' }, { name: 'ana', consents: { news: false } });
  await world.at(1);
  await world.identify({ userId: 'ann' }, { name: 'ann', consents: { news: true, offers: true } });
  await world.at(2);
  await world.track({ userId: 'ann' }, 'Email Bounced', { type: 'hard' });
  await world.merge('ann', 'ana');
  const person = await world.personOf('ana');
  const said = async (topic: string) =>
    (await store.transaction((tx) => consentsOf(tx, [person])))(person, topic);
  expect([await said('news'), await said('offers')]).toEqual(['out', 'in']);
  expect(await store.transaction((tx) => tx.find(suppressions, { person }))).toHaveLength(1);
  // An opt-in from before the merge that arrives late changes nothing.
  await recordBehaviour(world.world, [
    {
      type: 'identify',
      source: 'site',
      id: 'late',
      at: START + 1.5 * DAY,
      userId: 'ann',
      traits: { consents: { news: true } },
    },
  ]);
  expect(await said('news')).toBe('out');
  await world.at(3);
  await world.identify({ userId: 'ana' }, { consents: { news: true } });
  expect(await said('news')).toBe('in');
});

test('an opt-out from before the merge that arrives after it stays, whoever had opted in since', async () => {
  const world = mergingWorld(1);
  const { store } = world.world;
  const identified = (id: string, day: number, user: string, news: boolean) => ({
    type: 'identify' as const,
    source: 'site',
    id,
    at: START + day * DAY,
    userId: user,
    traits: { consents: { news } },
  });
  const said = async () => {
    const person = await world.personOf('ana');
    return (await store.transaction((tx) => consentsOf(tx, [person])))(person, 'news');
  };
  await world.identify({ userId: 'ana' }, { name: 'ana' });
  await world.at(2);
  await world.identify({ userId: 'ann' }, { name: 'ann', consents: { news: true } });
  await world.at(3);
  await world.merge('ann', 'ana');
  expect(await said()).toBe('in');
  await recordBehaviour(world.world, [identified('late', 1, 'ana', false)]);
  expect(await said()).toBe('out');
  await recordBehaviour(world.world, [identified('late-too', 2.5, 'ann', true)]);
  expect(await said()).toBe('out');
  await recordBehaviour(world.world, [identified('after', 3.5, 'ana', true)]);
  expect(await said()).toBe('in');
  await recordBehaviour(world.world, [identified('much-later', 1.5, 'ana', false)]);
  expect(await said()).toBe('in');
});

test('the zone said last counts, whoever is the older, and runs learn it', async () => {
  for (const [first, last] of [
    ['ana', 'ann'],
    ['ann', 'ana'],
  ] as const) {
    for (const into of ['ana', 'ann']) {
      const world = mergingWorld(1);
      await world.identify({ userId: 'ana' }, { name: 'ana', timezone: 'Asia/Tokyo' });
      await world.identify({ userId: 'ann' }, { name: 'ann', timezone: 'Asia/Tokyo' });
      await world.enter('ana');
      await world.enter('ann');
      await world.at(1);
      await world.identify({ userId: first }, { timezone: 'Europe/Madrid' });
      await world.at(1 + 1 / 24);
      await world.identify({ userId: last }, { timezone: 'America/New_York' });
      await world.at(1.5);
      await world.merge(into === 'ana' ? 'ann' : 'ana', into);
      const [person] = await world.world.store.transaction((tx) => tx.find(people, {}));
      expect(person).toMatchObject({
        zone: 'America/New_York',
        profile: { name: into, timezone: 'America/New_York' },
      });
      const runs = await world.world.store.transaction((tx) =>
        tx.find(enrolments, { status: 'live' }),
      );
      expect(runs.map(({ position }) => position?.run.zone)).toEqual(['America/New_York']);
    }
  }
});

describe('where sales works', () => {
  test("the older lead's owner and record stay, the other's is kept and noted", async () => {
    const world = mergingWorld(1);
    const consents = { news: true };
    await world.identify({ userId: 'ana' }, { name: 'ana', consents, owner: 'zoe' });
    await world.at(0.5);
    await world.identify({ userId: 'ann' }, { name: 'ann', consents, owner: 'leo' });
    await world.enter('ana');
    await world.enter('ann');
    await world.at(7);
    await world.merge('ana', 'ann');
    await world.at(8);
    const { leads, notes } = world.ports.crm.content();
    expect(leads.map(({ owner }) => owner)).toEqual(['zoe', 'leo']);
    expect(notes.map(({ leadId }) => leadId).toSorted()).toEqual(
      leads.map(({ id }) => id).toSorted(),
    );
    const [person] = await world.world.store.transaction((tx) => tx.find(people, {}));
    expect(person?.profile).toMatchObject({ name: 'ann', owner: 'zoe' });
    const links = await world.world.store.transaction((tx) => tx.find(crmLinks, { kind: 'lead' }));
    expect(links).toHaveLength(2);
  });

  test('the record of a lead stays theirs where a visitor was there before them', async () => {
    const world = mergingWorld(1);
    await world.track({ anonymousId: 'laptop' }, 'Booked');
    await world.at(0.5);
    await world.identify({ userId: 'ana' }, { name: 'ana' });
    await world.enter('ana');
    await world.at(7);
    const [lead] = world.ports.crm.content().leads;
    await world.identify({ userId: 'ana', anonymousId: 'laptop' }, { name: 'Ana' });
    await world.at(8.6);
    const { leads, tasks, notes } = world.ports.crm.content();
    expect(leads).toHaveLength(1);
    expect(tasks.map(({ kind, leadId, owner }) => [kind, leadId, owner])).toEqual([
      ['handoff', lead?.id, lead?.owner],
      ['escalation', lead?.id, lead?.owner],
    ]);
    expect(notes).toEqual([]);
  });
});

test('merging on purpose says what is unknown, and again changes nothing', async () => {
  const world = mergingWorld(1);
  await world.identify({ userId: 'ana' }, { name: 'ana' });
  await world.identify({ userId: 'ann' }, { name: 'ann' });
  expect(await world.merge('nobody', 'ana')).toEqual({ verdict: 'unknown', ids: ['nobody'] });
  expect(await world.merge('ana', 'nobody')).toEqual({ verdict: 'unknown', ids: ['nobody'] });
  expect(await world.merge('ann', 'ana')).toEqual({ verdict: 'merge', journeys: [] });
  expect(await world.merge('ann', 'ana')).toEqual({ verdict: 'already-one' });
  expect(await world.merge('ana', 'ann')).toEqual({ verdict: 'already-one' });
  await world.at(HOUR / DAY);
});
