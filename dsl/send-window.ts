/** Send windows: when messages may leave, on the lead's own wall clock. */
import type { WindowPlan } from './plan.ts';

/**
 * Monday to Friday between two times of day; `to` itself is outside.
 *
 * @example
 * weekdays('09:00', '18:00') // => { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }
 */
export const weekdays = (from: string, to: string): WindowPlan => ({
  days: [1, 2, 3, 4, 5],
  from,
  to,
});

/** Every day between two times; a `to` before `from` crosses midnight. */
export const everyDay = (from: string, to: string): WindowPlan => ({
  days: [1, 2, 3, 4, 5, 6, 7],
  from,
  to,
});
