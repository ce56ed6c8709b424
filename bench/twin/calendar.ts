/** The programme of nine touches in ninety days, as the hand-written twin is given it. */
import type { TwinInput } from './workflow.ts';

const DAY_MS = 86_400_000;
const DAYS = [1, 10, 15, 30, 45, 60, 75, 85, 90];

export const calendar = (): TwinInput['touches'] =>
  DAYS.map((day) => ({ name: `day ${day}`, dueMs: (day - 1) * DAY_MS }));
