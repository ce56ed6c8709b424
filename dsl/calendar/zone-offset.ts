/**
 * How far a zone's wall clock is ahead of UTC. Safe in a workflow: Intl is asked about explicit instants
 * only, so the answer depends on the arguments alone; what is kept are its answers, within bounds.
 */
import type { Instant } from '../plan.ts';
import { bisect } from './bisect.ts';

/** A stretch of time over which a zone was measured: its first offset, and where that changes. */
interface Span {
  readonly offsetMs: number;
  readonly changes: readonly { readonly at: Instant; readonly offsetMs: number }[];
}

/** 99 days: most spans hold no change or one. */
const SPAN_MS = 2 ** 33;
/** 3.1 days. Every period of one offset in the tz database is longer (Freetown 1939: 4 days less 1 h). */
const PROBE_MS = 2 ** 28;
/** Intl knows nothing past ±8.64e15; whole spans end a little sooner. */
const FARTHEST_MS = 8.6e15;
/** 35 years of one zone, and nearly twice the names in the tz database; past them, measure again. */
const MAX_SPANS_PER_ZONE = 128;
const MAX_ZONES = 1_024;

const spansByZone = new Map<string, Map<number, Span>>();
/** A formatter takes the memory of years of spans and is needed once a span, so one is kept. */
let recent: { readonly zone: string; readonly formatter: Intl.DateTimeFormat } | undefined;

/**
 * How far the zone's wall clock is ahead of UTC at an instant, in ms: east of Greenwich is
 * positive. Some 20 ns once the 99 days around the instant are known, some 0.1 ms before.
 *
 * @param zone IANA name, e.g. `Europe/Madrid`
 * @throws RangeError [unknown-zone] for any other name, [invalid-instant] for no number or one past ±8.6e15
 * @example
 * zoneOffset('Asia/Kathmandu', 0) // => 19800000
 * zoneOffset('America/New_York', Date.UTC(2026, 6, 1)) // => -14400000
 */
export function zoneOffset(zone: string, at: Instant): number {
  const index = Math.floor(at / SPAN_MS);
  const span = spansByZone.get(zone)?.get(index) ?? keptSpan(zone, index, at);
  let { offsetMs } = span;
  for (const change of span.changes) {
    if (at < change.at) break;
    offsetMs = change.offsetMs;
  }
  return offsetMs;
}

/**
 * Whether a name is a zone that can be computed with. Offsets such as `+01:00` are not: some
 * versions of Node know them, some do not, and a journey must mean the same on all.
 *
 * @example
 * isZone('Europe/Madrid') // => true
 * isZone('Europe/Atlantis') // => false
 * isZone('+01:00') // => false
 */
export function isZone(zone: string): boolean {
  return spansByZone.has(zone) || formatterOf(zone) !== undefined;
}

function keptSpan(zone: string, index: number, at: Instant): Span {
  const span = measureSpan(zone, index, at);
  let spans = spansByZone.get(zone);
  if (spans === undefined) {
    if (spansByZone.size >= MAX_ZONES) spansByZone.clear();
    spans = new Map();
    spansByZone.set(zone, spans);
  }
  if (spans.size >= MAX_SPANS_PER_ZONE) spans.clear();
  spans.set(index, span);
  return span;
}

function measureSpan(zone: string, index: number, at: Instant): Span {
  if (!(Math.abs(at) <= FARTHEST_MS)) {
    throw new RangeError(
      `Instant: expected milliseconds since 1970 within ±8.6e15, received ${at}. Pass a number that was checked. [invalid-instant]`,
    );
  }
  const formatter = formatterOf(zone);
  if (formatter === undefined) {
    throw new RangeError(
      `Zone: expected an IANA name such as "Europe/Madrid", received ${JSON.stringify(zone)}. Check names with isZone. [unknown-zone]`,
    );
  }
  const start = index * SPAN_MS;
  const first = askIntl(formatter, start);
  const changes: { at: Instant; offsetMs: number }[] = [];
  let before = first;
  for (let probe = start + PROBE_MS; probe <= start + SPAN_MS; probe += PROBE_MS) {
    const after = askIntl(formatter, probe);
    if (after === before) continue;
    const change = bisect(probe - PROBE_MS, probe, (ms) => askIntl(formatter, ms) === after);
    changes.push({ at: change, offsetMs: after });
    before = after;
  }
  return { offsetMs: first, changes };
}

function formatterOf(zone: string): Intl.DateTimeFormat | undefined {
  if (recent?.zone === zone) return recent.formatter;
  // Undefined would stand for the machine's own zone, which differs between workers.
  if (typeof zone !== 'string' || !/^[a-z]/i.test(zone)) return undefined;
  try {
    const options = { timeZone: zone, timeZoneName: 'longOffset' } as const;
    recent = { zone, formatter: new Intl.DateTimeFormat('en-US', options) };
    return recent.formatter;
  } catch {
    return undefined;
  }
}

/** Reads the end of `3/2/2026, GMT+05:45`; seconds appear where the offset has any, nothing at all for zero. */
function askIntl(formatter: Intl.DateTimeFormat, at: Instant): number {
  const text = formatter.format(at);
  const match = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
  if (match === null) throw new TypeError(`Intl: expected an offset, received "${text}".`);
  const [, sign, hours = 0, minutes = 0, seconds = 0] = match;
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  return sign === '-' ? -ms : ms;
}
