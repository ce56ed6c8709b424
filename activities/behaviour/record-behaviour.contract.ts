/** What recording behaviour means, on whichever store. */
import { beforeEach, describe, expect, test } from 'vitest';
import { any, not } from '../../dsl/conditions/all-any-not.ts';
import type { CultivoConfig } from '../../dsl/config.ts';
import { days, hours } from '../../dsl/duration.ts';
import { event } from '../../dsl/event.ts';
import { always, journey } from '../../dsl/journey.ts';
import { score } from '../../dsl/conditions/score-level.ts';
import { points } from '../../dsl/scoring/points.ts';
import { scoring } from '../../dsl/scoring/scoring.ts';
import { handoffToSales } from '../../dsl/steps/handoff-to-sales.ts';
import { waitDays } from '../../dsl/steps/wait-days.ts';
import { waitFor } from '../../dsl/steps/wait-for.ts';
import { owner } from '../../dsl/team.ts';
import type { Store } from '../../store/store.ts';
import {
  AT,
  FormSubmitted,
  identify,
  Lead,
  MeetingBooked,
  PricingViewed,
  startRecording,
  submitted,
  track,
} from '../../test/fixtures/recording.ts';
import { consentsOf } from '../gate/consents-of.ts';
import type { BehaviourItem } from './behaviour-item.ts';
import { recordBehaviour, recordKnownBehaviour } from './record-behaviour.ts';
import { enrolments, events, people, suppressions } from '../../store/tables/index.ts';

/** @param empty gives an empty store. */
export function recordBehaviourContract(empty: () => Promise<Store>): void {
  let store: Store;
  beforeEach(async () => {
    store = await empty();
  });
  const start = (use?: CultivoConfig) => startRecording(store, use);

  describe('who it is', () => {
    test('an anonymous visitor becomes known and keeps what they did', async () => {
      const { record, person, read } = start();
      await record([track('Page Viewed', { anonymousId: 'a1' })]);
      const visitor = await person('anonymous', 'a1');
      await record([
        identify({ email: 'Ana@Example.com', country: 'ES' }, { userId: 'u1', anonymousId: 'a1' }),
      ]);
      const known = await person('user', 'u1');
      expect(known).toEqual({
        id: visitor?.id,
        profile: { email: 'Ana@Example.com', country: 'ES' },
        zone: null,
        createdAt: AT,
      });
      expect(await person('email', 'ana@example.com')).toEqual(known);
      const rows = await read((tx) => tx.find(events, { person: known?.id ?? '' }));
      expect(rows.map(({ name }) => name)).toEqual(['page viewed', 'identified']);
    });

    test('a visitor who turns out to be a known lead is joined to them', async () => {
      const { record, person, read } = start();
      await record([identify({ email: 'ana@example.com', country: 'ES' }, { userId: 'u1' })]);
      await record([track('Page Viewed', { anonymousId: 'a1' }, { at: AT + 1 })]);
      const visitor = await person('anonymous', 'a1');
      await record([
        identify({ role: 'manager' }, { userId: 'u1', anonymousId: 'a1' }, { at: AT + 2 }),
      ]);
      const known = await person('user', 'u1');
      expect(await person('anonymous', 'a1')).toEqual(known);
      expect(known?.profile).toEqual({ email: 'ana@example.com', country: 'ES', role: 'manager' });
      expect(await read((tx) => tx.find(people, { id: visitor?.id ?? '' }))).toEqual([]);
      expect(await read((tx) => tx.find(events, { person: known?.id ?? '' }))).toHaveLength(3);
    });

    test('people with different user ids are never one, whatever device they share', async () => {
      const { record, person } = start();
      await record([
        identify({ email: 'ana@example.com' }, { userId: 'u1', anonymousId: 'shared' }),
      ]);
      await record([
        identify({ email: 'ana@example.com' }, { userId: 'u2', anonymousId: 'shared' }),
      ]);
      const ana = await person('user', 'u1');
      const other = await person('user', 'u2');
      expect(other?.id).not.toBe(ana?.id);
      expect(await person('email', 'ana@example.com')).toEqual(ana);
      expect(await person('anonymous', 'shared')).toEqual(other);
    });

    test('another e-mail on a device of a shop is another person', async () => {
      const { record, person } = start();
      await record([submitted({ anonymousId: 'kiosk', email: 'ana@example.com' })]);
      await record([submitted({ anonymousId: 'kiosk', email: 'luis@example.com' })]);
      expect((await person('email', 'luis@example.com'))?.id).not.toBe(
        (await person('email', 'ana@example.com'))?.id,
      );
    });

    test('a lead known by e-mail who signs up is the same person', async () => {
      const { record, person } = start();
      await record([track('Form Submitted', { email: ' Ana@example.com ' })]);
      await record([identify({ email: 'ana@example.com' }, { userId: 'u1' }, { at: AT + 1 })]);
      const known = await person('user', 'u1');
      expect(await person('email', 'ana@example.com')).toEqual(known);
      expect(known?.profile).toEqual({ email: 'ana@example.com' });
    });

    test('one batch may hold a whole acquaintance', async () => {
      const { record, person, read } = start();
      const result = await record([
        track('Page Viewed', { anonymousId: 'a1' }),
        track('Page Viewed', { anonymousId: 'a2' }, { at: AT + 1 }),
        identify({ email: 'ana@example.com' }, { anonymousId: 'a1' }, { at: AT + 2 }),
        identify({}, { userId: 'u1', anonymousId: 'a2' }, { at: AT + 3 }),
        identify({ email: 'ana@example.com' }, { userId: 'u1' }, { at: AT + 4 }),
      ]);
      expect(result).toEqual({ recorded: 2, duplicates: 0, identified: 3, entered: 0, refused: 0 });
      const known = await person('user', 'u1');
      for (const [kind, value] of [
        ['anonymous', 'a1'],
        ['anonymous', 'a2'],
        ['email', 'ana@example.com'],
      ] as const) {
        expect(await person(kind, value)).toEqual(known);
      }
      expect(await read((tx) => tx.find(events, { person: known?.id ?? '' }))).toHaveLength(5);
    });
  });

  describe('profiles', () => {
    test('what was said later stands, whenever it arrives; null removes', async () => {
      const { record, person } = start();
      await record([
        identify({ country: 'MX', role: 'manager' }, { userId: 'u1' }, { at: AT + 10 }),
      ]);
      await record([identify({ country: 'ES', company: 'Acme' }, { userId: 'u1' }, { at: AT })]);
      expect((await person('user', 'u1'))?.profile).toEqual({
        country: 'MX',
        role: 'manager',
        company: 'Acme',
      });
      await record([identify({ role: null }, { userId: 'u1' }, { at: AT + 20 })]);
      expect((await person('user', 'u1'))?.profile).toEqual({ country: 'MX', company: 'Acme' });
    });

    test('a zone is taken only where it can be computed with, and live runs hear of it', async () => {
      const { record, person, signals } = start();
      await record([submitted({ userId: 'u1' })]);
      await record([identify({ timezone: 'Europe/Atlantis' }, { userId: 'u1' })]);
      expect(await person('user', 'u1')).toMatchObject({ zone: null, profile: {} });
      await record([identify({ timezone: 'Europe/Madrid' }, { userId: 'u1' })]);
      expect(await person('user', 'u1')).toMatchObject({ zone: 'Europe/Madrid' });
      expect((await signals()).at(-1)).toMatchObject({ type: 'happened', zone: 'Europe/Madrid' });
      expect(await signals()).toHaveLength(2);
    });
  });

  describe('permissions', () => {
    const permissions = async (...items: BehaviourItem[]) => {
      const { record, person, read } = start();
      await record(items);
      const id = (await person('user', 'u1'))?.id ?? '';
      const consentOf = await read((tx) => consentsOf(tx, [id]));
      return read(async (tx) => ({
        consents: ['news', 'offers'].flatMap((topic) => consentOf(id, topic) ?? []),
        suppressions: (await tx.find(suppressions, { person: id })).map(
          ({ channel, reason }) => `${channel} ${reason}`,
        ),
      }));
    };
    const who = { userId: 'u1' };

    test('are given and taken back by topic', async () => {
      expect(
        await permissions(
          identify({ consents: { news: true, offers: false } }, who),
          track('Unsubscribed', who, { at: AT + 1, properties: { topic: 'news' } }),
        ),
      ).toEqual({ consents: ['out', 'out'], suppressions: [] });
    });

    test('end for the whole channel', async () => {
      expect(
        await permissions(
          track('Email Unsubscribed', who),
          track('email_complained', who),
          track('Email Bounced', who, { properties: { type: 'Permanent' } }),
          track('Email Bounced', who, { properties: { type: 'soft' } }),
        ),
      ).toEqual({
        consents: [],
        suppressions: ['email unsubscribed', 'email complaint', 'email hard-bounce'],
      });
    });
  });

  describe('entries', () => {
    test('an event with its payload brings in, at its own instant', async () => {
      const { record, read } = start();
      const result = await record([
        submitted({ userId: 'u1' }, { at: AT + 5 }),
        track('Form Submitted', { userId: 'u2' }, { properties: { form: 'other' } }),
      ]);
      expect(result).toMatchObject({ recorded: 2, entered: 1 });
      expect(await read((tx) => tx.find(enrolments, {}))).toMatchObject([
        { enteredAt: AT + 5, status: 'live' },
      ]);
      expect(await record([submitted({ userId: 'u1' })])).toMatchObject({ entered: 0, refused: 1 });
    });

    test('what happens after the entry in one batch reaches the new run', async () => {
      const { record, signals } = start();
      await record([
        submitted({ userId: 'u1' }),
        track('Meeting Booked', { userId: 'u1' }, { at: AT + 1 }),
      ]);
      expect(await signals()).toMatchObject([
        { type: 'enrol', at: AT },
        { type: 'happened', happening: { name: 'meeting booked', at: AT + 1 } },
      ]);
    });

    const states = journey(
      'spaniards',
      { lead: Lead, enter: Lead.is({ country: 'ES' }), reenter: always },
      [waitDays(1)],
    );

    test('a state brings in when it becomes true, not while it is', async () => {
      const { record } = start({ journeys: [states] });
      expect(await record([identify({ country: 'ES' }, { userId: 'u1' })])).toMatchObject({
        entered: 1,
      });
      expect(await record([identify({ role: 'x' }, { userId: 'u1' })])).toMatchObject({
        entered: 0,
        refused: 0,
      });
      await record([identify({ country: 'MX' }, { userId: 'u1' }, { at: AT + 1 })]);
      expect(
        await record([identify({ country: 'ES' }, { userId: 'u1' }, { at: AT + 2 })]),
      ).toMatchObject({ refused: 1 });
    });

    test('what either of two leads was true of is no news of the two', async () => {
      const { record } = start({ journeys: [states] });
      await record([identify({ country: 'ES' }, { anonymousId: 'a1' })]);
      await record([identify({ role: 'x' }, { userId: 'u1' }, { at: AT + 1 })]);
      expect(
        await record([identify({}, { userId: 'u1', anonymousId: 'a1' }, { at: AT + 2 })]),
      ).toMatchObject({ entered: 0, refused: 0 });
    });

    test('events and states compose', async () => {
      const mixed = journey(
        'mixed',
        { lead: Lead, enter: any(MeetingBooked, not(PricingViewed.happened())) },
        [waitDays(1)],
      );
      const { record } = start({ journeys: [mixed] });
      expect(await record([track('Pricing Viewed', { userId: 'u1' })])).toMatchObject({
        entered: 0,
      });
      expect(await record([track('Meeting Booked', { userId: 'u1' })])).toMatchObject({
        entered: 1,
      });
      expect(await record([track('Other', { userId: 'u2' })])).toMatchObject({ entered: 1 });
    });

    test('what held already, as long as something had not happened, brings nobody in', async () => {
      const held = journey('held', { lead: Lead, enter: any(MeetingBooked, not(PricingViewed)) }, [
        waitDays(1),
      ]);
      const { record } = start({ journeys: [held] });
      expect(await record([track('Meeting Booked', { userId: 'u1' })])).toMatchObject({
        entered: 0,
      });
    });

    test('a long past brings in as often, whatever comes in together', async () => {
      const hot = journey('hot', { lead: Lead, enter: score.above(25), reenter: always }, [
        waitDays(1),
      ]);
      const { record } = start({
        journeys: [hot],
        scoring: scoring({
          engagement: [
            points(10, { on: PricingViewed, halfLife: hours(9), atMostPerDay: 40 }),
            points(-8, { while: not(MeetingBooked.happened({ within: days(2) })) }),
          ],
        }),
      });
      const lives = (userId: string) =>
        Array.from({ length: 400 }, (_, i) =>
          // Bursts of views, quiet days, a meeting now and then.
          track(
            i % 37 === 0 ? 'Meeting Booked' : 'Pricing Viewed',
            { userId },
            { at: AT + i * 3_600_000 + Math.floor(i / 12) * 30 * 3_600_000 },
          ),
        );
      const risings = async (userId: string, size: number): Promise<number> => {
        const items = lives(userId);
        let count = 0;
        for (let i = 0; i < items.length; i += size) {
          const { entered, refused } = await record(items.slice(i, i + size));
          count += entered + refused;
        }
        return count;
      };
      const together = await risings('u1', 400);
      expect(together).toBeGreaterThan(20);
      expect(await risings('u2', 1)).toBe(together);
      expect(await risings('u3', 90)).toBe(together);
    });

    test('machine-made behaviour is kept and brings nobody in', async () => {
      const clicked = journey('clicked', { lead: Lead, enter: event('Email Link Clicked') }, [
        waitDays(1),
      ]);
      const { record, read, person } = start({ journeys: [clicked] });
      const scanner = { context: { userAgent: 'BarracudaCentral' } };
      expect(await record([track('Email Link Clicked', { userId: 'u1' }, scanner)])).toMatchObject({
        recorded: 1,
        entered: 0,
      });
      const id = (await person('user', 'u1'))?.id ?? '';
      expect(await read((tx) => tx.find(events, { person: id }))).toMatchObject([
        { suspectedBot: true },
      ]);
    });

    test('a click as a message is delivered is a scanner, a minute later a person', async () => {
      const { record, read, person } = start();
      await record([identify({}, { userId: 'u1' })]);
      const id = (await person('user', 'u1'))?.id ?? '';
      const properties = { message: 'm1' };
      const clicked = (ms: number) =>
        track('Email Link Clicked', { userId: 'u1' }, { at: AT + ms, properties });
      await record([track('Email Sent', { userId: 'u1' }, { at: AT, properties })]);
      await record([clicked(5_000), clicked(60_000)]);
      const clicks = await read((tx) =>
        tx.find(events, { person: id, name: ['email link clicked'] }),
      );
      expect(clicks.map(({ suspectedBot }) => suspectedBot)).toEqual([true, false]);
    });

    test('the past wakes and enters nobody', async () => {
      const { record, signals } = start();
      expect(await record([submitted({ userId: 'u1' })], { history: true })).toMatchObject({
        recorded: 1,
        entered: 0,
      });
      expect(await signals()).toEqual([]);
    });
  });

  describe('scores', () => {
    const scored: CultivoConfig = {
      journeys: [
        journey('hot', { lead: Lead, enter: score.above(20), reenter: always }, [
          waitFor(score.below(10), { upTo: days(300) }),
        ]),
      ],
      scoring: scoring({
        fit: [points(5, { while: Lead.is({ country: 'ES' }) })],
        engagement: [points(10, { on: PricingViewed, halfLife: days(10) })],
        grades: { A: 20, B: 'rest' },
      }),
    };

    test('rise over a threshold once', async () => {
      const { record, signals } = start(scored);
      const viewed = (at: number) => track('Pricing Viewed', { userId: 'u1' }, { at });
      expect(await record([viewed(AT), viewed(AT)])).toMatchObject({ entered: 0 });
      expect(await record([identify({ country: 'ES' }, { userId: 'u1' })])).toMatchObject({
        entered: 1,
      });
      expect(await record([viewed(AT + 1)])).toMatchObject({ entered: 0, refused: 0 });
      expect(await signals()).toMatchObject([
        { type: 'enrol' },
        { type: 'happened', happening: { name: 'pricing viewed', score: true } },
      ]);
    });
  });

  describe('waking', () => {
    test('only those who listen are woken', async () => {
      const { record, signals } = start();
      await record([submitted({ userId: 'u1' })]);
      await record([track('Other', { userId: 'u1' })]);
      await record([track('Pricing Viewed', { userId: 'u2' })]);
      await record([identify({ country: 'ES' }, { userId: 'u1' })]);
      expect(await signals()).toHaveLength(1);
      await record([track('Pricing Viewed', { userId: 'u1' }, { id: 'ana@example.com 1' })]);
      // Whatever senders make ids of, cohorts are given none of it.
      expect((await signals()).at(-1)).toMatchObject({
        happening: { id: expect.stringMatching(/^web\/[\da-f]{16}$/), name: 'pricing viewed' },
      });
    });

    test("sales' answer goes to its run alone", async () => {
      const sold = (id: string) =>
        journey(id, { lead: Lead, enter: FormSubmitted }, [
          handoffToSales({ to: owner, sla: hours(48) }),
        ]);
      const { record, signals, read } = start({ journeys: [sold('one'), sold('two')] });
      await record([submitted({ userId: 'u1' })]);
      const [run] = await read((tx) => tx.find(enrolments, { journey: 'two' }));
      const properties = { run: run?.id ?? '', step: run?.step ?? '', answer: 'yes' };
      await record([track('Handoff Answered', { userId: 'u1' }, { properties })]);
      const heard = await signals();
      expect(heard.slice(2)).toMatchObject([
        { happening: { name: 'handoff answered' } },
        { run: run?.id },
      ]);
      expect(heard.flatMap((item) => Object(item).news ?? [])).toEqual([
        { step: run?.step, what: 'yes' },
      ]);
    });

    test('of two runs in one journey the older goes on after a merge', async () => {
      const { record, signals, read } = start();
      await record([submitted({ anonymousId: 'a1' }, { at: AT + 5 })]);
      await record([submitted({ userId: 'u1' }, { at: AT })]);
      const older = (await read((tx) => tx.find(enrolments, {}))).find(
        ({ enteredAt }) => enteredAt === AT,
      );
      await read(async (tx) => {
        for (const { id, position, enteredAt } of await tx.find(enrolments, {})) {
          if (enteredAt === AT || position === null) continue;
          const spoilt = { ...position, parked: { error: 'spoilt' } };
          await tx.change(enrolments, [
            { id, status: 'parked', error: 'spoilt', position: spoilt },
          ]);
        }
      });
      await record([identify({}, { userId: 'u1', anonymousId: 'a1' }, { at: AT + 9 })]);
      const runs = await read((tx) => tx.find(enrolments, {}));
      expect(runs.filter(({ status }) => status === 'live').map(({ id }) => id)).toEqual([
        older?.id,
      ]);
      const younger = runs.find(({ status }) => status === 'merged');
      expect(younger).toMatchObject({ endedAt: AT + 9, error: null, position: null });
      expect((await signals()).slice(-2)).toMatchObject([
        { type: 'end', run: younger?.id, reason: 'merged', at: AT + 9 },
        // What the visitor had done is news to it.
        { type: 'happened', run: older?.id, happening: { at: AT + 9, past: true } },
      ]);
    });

    test('lanes may still name who was merged away', async () => {
      const { world, record, person, read } = start();
      await record([track('Page Viewed', { anonymousId: 'a1' }, { at: AT + 5 })]);
      const gone = (await person('anonymous', 'a1'))?.id ?? '';
      await record([track('Page Viewed', { userId: 'u1' })]);
      await record([identify({}, { userId: 'u1', anonymousId: 'a1' }, { at: AT + 9 })]);
      const known = (await person('user', 'u1'))?.id ?? '';
      const lane = {
        type: 'track',
        source: 'email',
        name: 'Email Sent',
        at: AT + 10,
        properties: {},
      } as const;
      const late = [gone, known, 'nobody'].map((id) =>
        // Whichever of the two went away, both names lead to who is left.
        ({ ...lane, id: `sent/${id}`, person: id }),
      );
      expect(await read((tx) => recordKnownBehaviour(world, tx, late))).toMatchObject({
        recorded: 2,
        duplicates: 0,
      });
      expect(
        await read((tx) => tx.find(events, { person: [known, gone], name: ['email sent'] })),
      ).toHaveLength(2);
    });
  });

  describe('repeats', () => {
    test('have no effect at all, mixed with news or not', async () => {
      const { record, read, person } = start();
      const first = identify({ email: 'ana@example.com' }, { userId: 'u1', anonymousId: 'shared' });
      await record([first]);
      await record([identify({}, { userId: 'u2', anonymousId: 'shared' })]);
      const fresh = track('Other', { userId: 'u3' });
      expect(await record([first, fresh, fresh])).toEqual({
        recorded: 1,
        duplicates: 2,
        identified: 0,
        entered: 0,
        refused: 0,
        // Said of what was new alone.
        warnings: [expect.objectContaining({ item: 1, path: 'event', received: 'Other' })],
      });
      expect(await person('anonymous', 'shared')).toEqual(await person('user', 'u2'));
      expect(await record([first])).toMatchObject({ duplicates: 1, identified: 0 });
      const third = (await person('user', 'u3'))?.id ?? '';
      expect(await read((tx) => tx.find(events, { person: third }))).toHaveLength(1);
    });
  });

  test('nothing is half-written', async () => {
    const { world, person } = start();
    const failing = {
      ...world,
      newId: () => {
        throw new Error('no ids left');
      },
    };
    await expect(recordBehaviour(failing, [submitted({ userId: 'u1' })])).rejects.toThrow(
      'no ids left',
    );
    expect(await person('user', 'u1')).toBeUndefined();
  });
}
