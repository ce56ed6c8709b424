/**
 * The calendar against Temporal, over zones with every kind of oddity and 70 years. In a gap Temporal keeps
 * the distance on the wall, this calendar takes the transition: `instantOf` derives the one from the other.
 */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill/implementation';
import { expect, test } from 'vitest';
import type { WindowPlan } from '../plan.ts';
import { addDays, atTimeOfDay, nextTimeOfDay } from './local-date.ts';
import { dateOfDay, fromWallClock, toWallClock, wallDay, weekdayOfDay } from './wall-clock.ts';
import { nextWindow } from './window.ts';
import { zoneOffset } from './zone-offset.ts';

const ZONES = `
  UTC Etc/GMT+12 Africa/Cairo Africa/Casablanca Africa/Johannesburg America/Caracas America/Havana
  America/Los_Angeles America/New_York America/Nuuk America/Recife America/Santiago
  America/Sao_Paulo America/St_Johns Antarctica/Troll Asia/Gaza Asia/Kathmandu Asia/Kolkata
  Asia/Pyongyang Asia/Tehran Asia/Tokyo Atlantic/Azores Australia/Lord_Howe Australia/Sydney
  Europe/Dublin Europe/Istanbul Europe/London Europe/Madrid Pacific/Apia Pacific/Chatham
  Pacific/Kiritimati Pacific/Kwajalein
`
  .trim()
  .split(/\s+/);
const HOUR = 3_600_000;

const zoned = (at: number, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

/** The first instant of a wall time; in a gap, where the clock goes on after it. */
function instantOf(wall: Temporal.PlainDateTime, zone: string): number {
  const early = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (early.toPlainDateTime().equals(wall)) return early.epochMilliseconds;
  const transition = early.getTimeZoneTransition('next');
  if (transition === null) throw new Error(`${zone}: no transition after the gap at ${wall}`);
  return transition.epochMilliseconds;
}

const instant = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2060, 0) });
/** Some hours, or no time at all, from where the clock changes. */
const distance = fc.oneof(
  fc.integer({ min: -3 * HOUR, max: 3 * HOUR }),
  fc.integer({ min: -6, max: 6 }).map((halves) => (halves * HOUR) / 2),
  fc.integer({ min: -1, max: 1 }),
);
const zone = fc.constantFrom(...ZONES);
const anywhere = fc.record({ zone, at: instant });
const nearTransition = fc.tuple(anywhere, distance).map(([{ zone, at }, byMs]) => {
  const transition = zoned(at, zone).getTimeZoneTransition('next');
  return { zone, at: (transition?.epochMilliseconds ?? at) + byMs };
});
/** The days around 30 December 2011, which Apia left out. */
const aroundLeftOutDay = fc
  .integer({ min: Date.UTC(2011, 11, 27), max: Date.UTC(2012, 0, 3) })
  .map((at) => ({ zone: 'Pacific/Apia', at }));
const place = fc.oneof(
  { weight: 9, arbitrary: anywhere },
  { weight: 9, arbitrary: nearTransition },
  { weight: 2, arbitrary: aroundLeftOutDay },
);
const time = fc
  .tuple(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 23 })), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
/** The wall clock as one number. */
const onWall = (wall: Temporal.PlainDateTime): number =>
  wall.toZonedDateTime('UTC').epochMilliseconds;
const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
const runs = { numRuns: 1_000 };

test('offset, wall time, date and weekday', () => {
  fc.assert(
    fc.property(place, ({ zone, at }) => {
      const expected = zoned(at, zone);
      expect(zoneOffset(zone, at)).toBe(expected.offsetNanoseconds / 1e6);
      const wall = onWall(expected.toPlainDateTime());
      expect(toWallClock(at, zone)).toBe(wall);
      expect(dateOfDay(wallDay(at, zone))).toBe(expected.toPlainDate().toString());
      expect(weekdayOfDay(wallDay(at, zone))).toBe(expected.dayOfWeek);
      // There and back: the same instant, or the first of the two that show this time.
      expect(fromWallClock(wall, zone)).toBe(instantOf(expected.toPlainDateTime(), zone));
      expect(toWallClock(fromWallClock(wall, zone), zone)).toBe(wall);
    }),
    runs,
  );
});

test('any wall time, in gaps and overlaps too', () => {
  fc.assert(
    fc.property(place, fc.integer({ min: -3 * HOUR, max: 3 * HOUR }), ({ zone, at }, byMs) => {
      const wall = zoned(at, zone).toPlainDateTime().add({ milliseconds: byMs });
      expect(fromWallClock(onWall(wall), zone)).toBe(instantOf(wall, zone));
    }),
    runs,
  );
});

test('days on, and a time of day', () => {
  fc.assert(
    fc.property(place, fc.integer({ min: -400, max: 400 }), time, ({ zone, at }, days, hhmm) => {
      const wall = zoned(at, zone).toPlainDateTime();
      if (days !== 0) expect(addDays(at, days, zone)).toBe(instantOf(wall.add({ days }), zone));
      const onDate = wall.toPlainDate().toPlainDateTime(hhmm);
      expect(atTimeOfDay(at, hhmm, zone)).toBe(instantOf(onDate, zone));
    }),
    runs,
  );
});

/** The local dates from one day before `at`, without those that the zone left out. */
function* datesAround(at: number, zone: string, days: readonly number[]) {
  const today = zoned(at, zone).toPlainDate();
  for (let n = -1; n <= 21; n += 1) {
    const date = today.add({ days: n });
    const existed = date.toZonedDateTime(zone).toPlainDate().equals(date);
    if (existed && days.includes(date.dayOfWeek)) yield date;
  }
}

test('the next time of day on some weekdays', () => {
  fc.assert(
    fc.property(place, time, weekdays, ({ zone, at }, hhmm, days) => {
      const all = [...datesAround(at, zone, days)].map((date) =>
        instantOf(date.toPlainDateTime(hhmm), zone),
      );
      const expected = Math.min(...all.filter((due) => due > at));
      expect(nextTimeOfDay(at, hhmm, zone, days)).toBe(expected);
    }),
    runs,
  );
});

test('windows, by day and across midnight, with holidays', () => {
  fc.assert(
    fc.property(place, time, time, weekdays, fc.nat(3), ({ zone, at }, from, to, days, holiday) => {
      const window: WindowPlan = { days, from, to };
      const shut = zoned(at, zone).add({ days: holiday }).toPlainDate();
      const openings = [...datesAround(at, zone, days)]
        .filter((date) => !date.equals(shut))
        .map((date) => {
          const closing = to > from ? date : date.add({ days: 1 });
          const opens = instantOf(date.toPlainDateTime(from), zone);
          return { opens, closes: instantOf(closing.toPlainDateTime(to), zone) };
        })
        .filter(({ opens, closes }) => opens < closes && closes > at);
      const expected = Math.max(at, Math.min(...openings.map(({ opens }) => opens)));
      expect(nextWindow(window, at, zone, new Set([shut.toString()])).opens).toBe(expected);
    }),
    runs,
  );
});
