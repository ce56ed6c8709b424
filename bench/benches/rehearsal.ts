/** How long authors wait for their tests: a story, and a whole audience, on the virtual clock. */
import { rehearse, rehearseAll } from '../../rehearsal/rehearse.ts';
import { ana, nineTouches, racedTouches } from '../../test/nine-touches.ts';
import type { Figure } from '../bench.ts';
import { median } from '../measure.ts';

const STORIES = 200;
const ROUNDS = 5;
const LEADS = 1_000;
const ZONES = [
  'Africa/Cairo',
  'America/Los_Angeles',
  'America/Mexico_City',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Europe/London',
  'Europe/Madrid',
  'Pacific/Auckland',
  'UTC',
];

export const about = 'nine touches in ninety days on the virtual clock, after warming up';

export async function run(): Promise<readonly Figure[]> {
  const plain: number[] = [];
  const raced: number[] = [];
  const audience: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    plain.push(await each(STORIES, () => rehearse(nineTouches, alone)));
    raced.push(await each(STORIES, () => rehearse(racedTouches, alone)));
    audience.push(await each(1, () => rehearseAll(nineTouches, everybody)));
  }
  const warm = (times: readonly number[]) => median(times.slice(1));
  return [
    {
      what: 'a story of nine touches in ninety days',
      unit: 'ms',
      ours: warm(plain),
      goal: { of: 'ours', atMost: 2 },
    },
    {
      what: 'the same touches in a race with interest, beside the plain story',
      unit: 'ms',
      ours: warm(raced),
      other: { name: 'plain', value: warm(plain) },
    },
    {
      what: `${LEADS} leads in ${ZONES.length} zones through the ninety days, beside as many stories`,
      unit: 'ms',
      ours: warm(audience),
      other: { name: 'one by one', value: warm(plain) * LEADS },
      goal: { of: 'ours', atMost: 1_000 },
    },
  ];
}

const alone = { lead: ana, from: '2026-03-02T10:00' };

const everybody = Array.from({ length: LEADS }, (_, i) => ({
  lead: { ...ana, zone: ZONES[i % ZONES.length] ?? 'UTC' },
  from: `2026-03-02T${String(8 + (i % 10)).padStart(2, '0')}:00`,
}));

/** Milliseconds of one, as the mean of many. */
async function each(count: number, play: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  for (let i = 0; i < count; i++) await play();
  return (performance.now() - begun) / count;
}
