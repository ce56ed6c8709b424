import { expect, test } from 'vitest';
import { PlanMissingError } from '../../engine/plan-missing-error.ts';
import { forEachThatCan } from './for-each-that-can.ts';

const tenfoldBut =
  (...broken: number[]) =>
  async (numbers: readonly number[]) => {
    const found = numbers.find((each) => broken.includes(each));
    if (found !== undefined) throw new RangeError(`${found} is broken`);
    return numbers.map((each) => each * 10);
  };
const asText = (_: number, error: unknown) => String(error);

test('those it fails for are answered alone, the others as ever, in order', async () => {
  expect(
    await forEachThatCan<number, number | string>([1, 2, 3, 4, 5], tenfoldBut(2, 5), asText),
  ).toEqual([10, 'RangeError: 2 is broken', 30, 40, 'RangeError: 5 is broken']);
});

test('somebody alone for whom it fails once is done the next time', async () => {
  let tries = 0;
  const work = async (numbers: readonly number[]) => {
    if ((tries += 1) === 1) throw new Error('not now');
    return numbers;
  };
  expect(await forEachThatCan<number, number | string>([7], work, asText)).toEqual([7]);
});

test.each([
  ['a store that is away', Object.assign(new Error('no answer'), { code: 'ECONNRESET' })],
  ['a plan that this worker lacks', new PlanMissingError('cafe')],
])('%s is nobody’s: all of it is tried again', async (_, error) => {
  const work = () => Promise.reject(error);
  await expect(forEachThatCan([1, 2], work, asText)).rejects.toBe(error);
});
