import { expect, test } from 'vitest';
import { groupBy } from '../../store/group-by.ts';
import { Crowds } from './crowds.ts';

const SECOND = 1_000;

/** Enters one at a time, so many a second; answers with each one's cohort. */
function enter(crowds: Crowds, perSecond: number, seconds: number, from = 0) {
  let ids = 0;
  return Array.from(
    { length: perSecond * seconds },
    (_, i) =>
      crowds.cohortsFor('j', 1, from + (i * SECOND) / perSecond, () => `${from}-${(ids += 1)}`)[0],
  );
}

test('few have a workflow each, however long they keep coming', () => {
  expect(new Set(enter(new Crowds(), 1, 600))).toEqual(new Set([undefined]));
});

test('who comes in numbers shares one with hundreds, within the first second', () => {
  const cohorts = enter(new Crowds(), 100, 20);
  expect(cohorts.filter((cohort) => cohort === undefined).length).toBeLessThan(100);
  const sizes = [...groupBy(cohorts, (cohort) => cohort)].slice(1, -1);
  expect(sizes.map(([, { length }]) => length)).toEqual(sizes.map(() => 500));
});

test('a list that comes at once is a crowd at once', () => {
  const cohorts = new Crowds().cohortsFor('j', 1_000, 0, () => 'one');
  expect(new Set(cohorts)).toEqual(new Set(['j/many/one']));
});

test('after the crowd each has one again, and the next crowd goes on filling the last one', () => {
  const crowds = new Crowds();
  const first = enter(crowds, 100, 2).at(-1);
  expect(crowds.sizeOf('j', 2 * SECOND)).toBe(500);
  expect(crowds.sizeOf('j', 120 * SECOND)).toBe(1);
  expect(enter(crowds, 1, 3, 120 * SECOND)).toEqual([undefined, undefined, undefined]);
  expect(enter(crowds, 100, 1, 200 * SECOND).at(-1)).toBe(first);
});

test('journeys are counted apart', () => {
  const crowds = new Crowds();
  crowds.cohortsFor('a', 1_000, 0, () => 'one');
  expect(crowds.cohortsFor('b', 1, 0, () => 'two')).toEqual([undefined]);
});
