/** The e-mail lane before a provider that refuses calls whole, or fails at some batches and not at others. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { EmailSender, OutgoingEmail } from '../../channels/email/outgoing-email.ts';
import { laneRows } from '../../store/tables/index.ts';
import { laneWorld, type LaneWorld } from '../../test/lane-world.ts';
import type { World } from '../world.ts';
import { drainBatch, type Drained } from './drain-batch.ts';
import { retryLane } from './retry-lane.ts';
import { CallRefused, ProviderUnavailable, type SendOutcome } from './sender.ts';

const MINUTE = 60_000;
const busy = () => new ProviderUnavailable('busy', 'Too many calls.', { unsent: true });
const broken = () => new ProviderUnavailable('application_error', 'No answer.');

let world: LaneWorld;
let lane: World;
let accepted: string[];
let calls: { readonly key: string; readonly to: readonly string[] }[];
/** What happens to a call; nothing: it is accepted. */
let answer: (to: readonly string[], call: number) => Error | undefined;

const nameOf = ({ to }: OutgoingEmail) => to.replace(/@.*/, '');

beforeEach(async () => {
  accepted = [];
  calls = [];
  answer = () => undefined;
  world = laneWorld();
  const sender: EmailSender = {
    vendor: 'scripted',
    maxBatch: 4,
    callsPerSecond: Infinity,
    idempotencyWindowMs: 23 * 60 * MINUTE,
    send: async (key, emails) => {
      const to = emails.map(nameOf);
      calls.push({ key, to });
      const error = answer(to, calls.length);
      if (error !== undefined) throw error;
      const isKnown = calls.slice(0, -1).some((call) => call.key === key);
      if (!isKnown) accepted.push(...to);
      return emails.map((email): SendOutcome => ({ status: 'sent', providerId: email.key }));
    },
  };
  lane = world.withPorts({ email: sender });
});

async function addAll(...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await world.addPerson(name);
    await world.addMessage(name);
  }
}

const drain = (): Promise<Drained | undefined> => drainBatch(lane, 'email').catch(() => undefined);

async function drainTimes(times: number, apartMs = 0): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    await drain();
    world.elapse(apartMs);
  }
}

const rowsThat = (status: 'aside' | 'parted' | 'claimed' | 'failed') =>
  world.store.transaction((tx) => tx.find(laneRows, { lane: 'email', status }));

describe('a call that is refused whole', () => {
  const halves = (to: readonly string[]) => {
    const keys = to.map((name) => `welcome/${name}/run-${name}/email:intro`);
    return new CallRefused('validation_error', 'One is wrong.', [keys.slice(0, 2), keys.slice(2)]);
  };

  test('is cut into batches that are written down before they are sent', async () => {
    await addAll('a', 'b', 'c', 'd');
    answer = (to) => (to.length === 4 ? halves(to) : undefined);
    expect(await drain()).toMatchObject({ rows: 0, parted: 4 });
    expect(calls).toHaveLength(1);
    const parts = await rowsThat('parted');
    expect(new Set(parts.map(({ batch }) => batch)).size).toBe(2);
    await drainTimes(3);
    expect(calls.map(({ to }) => to.join())).toEqual(['a,b,c,d', 'a,b', 'c,d']);
    expect(new Set(calls.map(({ key }) => key)).size).toBe(3);
  });

  test('a part accepted, the next too many: nobody goes twice when the whole would pass', async () => {
    await addAll('a', 'b', 'c', 'd');
    answer = (to, call) => (call === 1 ? halves(to) : call === 3 ? busy() : undefined);
    await drainTimes(5);
    expect(accepted).toEqual(['a', 'b', 'c', 'd']);
    expect(calls.map(({ to }) => to.join())).toEqual(['a,b,c,d', 'a,b', 'c,d', 'c,d']);
  });

  test('after a call without an answer: only once the vendor has said it twice', async () => {
    await addAll('a', 'b', 'c', 'd');
    answer = (to, call) => (call === 1 ? broken() : to.length === 4 ? halves(to) : undefined);
    await drain();
    await drain();
    expect(await rowsThat('parted')).toEqual([]);
    await drain();
    expect(await rowsThat('parted')).toHaveLength(4);
    await drainTimes(2);
    expect(accepted).toEqual(['a', 'b', 'c', 'd']);
  });

  test('a part that waits for long is not forgotten: it was never sent', async () => {
    await addAll('a', 'b', 'c', 'd');
    answer = (to) => (to.length === 4 ? halves(to) : undefined);
    await drain();
    world.elapse(30 * 60 * MINUTE);
    await drainTimes(2);
    expect(accepted).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('a batch that always fails', () => {
  const poison = (to: readonly string[]) => (to.includes('a') ? broken() : undefined);

  test('lets the others go before it, and waits for somebody in the end', async () => {
    await addAll('a', 'b', 'c', 'd');
    answer = poison;
    await drainTimes(3);
    await addAll('e', 'f', 'g', 'h', 'i', 'j');
    await drainTimes(3);
    expect(accepted).toEqual(['e', 'f', 'g', 'h', 'i', 'j']);
    let aside = 0;
    for (let i = 0; i < 200 && aside === 0; i += 1) {
      await addAll(`later-${i}`);
      aside = (await drain())?.aside.get('application_error') ?? 0;
      world.elapse(20_000);
    }
    expect(aside).toBe(4);
    expect(await rowsThat('aside')).toMatchObject(
      Array.from({ length: 4 }, () => ({ code: 'application_error', since: expect.any(Number) })),
    );
    expect(calls.filter(({ to }) => to.includes('a')).length).toBeGreaterThanOrEqual(10);
    expect(await drain()).toMatchObject({ rows: expect.any(Number) });
  });

  test('is sent under its own key when somebody has it tried again', async () => {
    await addAll('a', 'b');
    answer = poison;
    await setAside();
    answer = () => undefined;
    expect(await retryLane(world, 'email')).toBe(2);
    await drain();
    const own = calls.filter(({ to }) => to.includes('a'));
    expect(own.at(-1)?.to).toEqual(['a', 'b']);
    expect(new Set(own.map(({ key }) => key)).size).toBe(1);
    expect(await rowsThat('failed')).toEqual([]);
  });

  test('is unknown, and not sent, when that is long after', async () => {
    await addAll('a', 'b');
    answer = poison;
    await setAside();
    const before = calls.length;
    world.elapse(24 * 60 * MINUTE);
    await retryLane(world, 'email');
    await drain();
    expect(calls).toHaveLength(before);
    expect(await rowsThat('failed')).toMatchObject([
      { code: 'outcome-unknown' },
      { code: 'outcome-unknown' },
    ]);
  });

  async function setAside(): Promise<void> {
    await drainTimes(3);
    for (let i = 0; i < 200 && (await rowsThat('aside')).length === 0; i += 1) {
      await addAll(`other-${i}`);
      await drainTimes(1, 20_000);
    }
  }
});

describe('a provider that is away', () => {
  test('has nothing set aside, few messages in doubt, and everybody goes when it is back', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `p-${i}`);
    await addAll(...names);
    answer = broken;
    // Three hours, a try each minute.
    await drainTimes(180, MINUTE);
    expect(await rowsThat('aside')).toEqual([]);
    expect((await rowsThat('claimed')).length).toBeLessThanOrEqual(20);
    answer = () => undefined;
    accepted = [];
    calls = [];
    await drainTimes(60, 10_000);
    expect(accepted.toSorted()).toEqual(names.toSorted());
  });

  test('a batch that failed while it was away is not set aside when others pass again', async () => {
    await addAll('a', 'b', 'c', 'd', 'e', 'f');
    answer = broken;
    await drainTimes(60, MINUTE);
    answer = (to) => (to.includes('a') ? broken() : undefined);
    await drainTimes(10, 1_000);
    expect(await rowsThat('aside')).toEqual([]);
  });
});
