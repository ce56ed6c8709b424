import { describe, expect, test } from 'vitest';
import { isZone, zoneOffset } from './zone-offset.ts';

const HOUR = 3_600_000;
const offsetIn = (zone: string, iso: string): number => zoneOffset(zone, Date.parse(iso)) / HOUR;

describe('zoneOffset', () => {
  test('is positive in the east, negative in the west, zero in UTC', () => {
    expect(offsetIn('Asia/Kathmandu', '2026-03-02T00:00Z')).toBe(5.75);
    expect(offsetIn('America/St_Johns', '2026-03-02T00:00Z')).toBe(-3.5);
    expect(offsetIn('UTC', '2026-03-02T00:00Z')).toBe(0);
  });

  test('changes at the very millisecond of the transition', () => {
    const springForward = Date.parse('2026-03-29T01:00Z');
    expect(zoneOffset('Europe/Madrid', springForward - 1)).toBe(HOUR);
    expect(zoneOffset('Europe/Madrid', springForward)).toBe(2 * HOUR);
  });

  test('knows half an hour of summer time, a day left out and a week between two changes', () => {
    expect(offsetIn('Australia/Lord_Howe', '2026-01-01T00:00Z')).toBe(11);
    expect(offsetIn('Australia/Lord_Howe', '2026-07-01T00:00Z')).toBe(10.5);
    expect(offsetIn('Pacific/Apia', '2011-12-30T09:59:59Z')).toBe(-10);
    expect(offsetIn('Pacific/Apia', '2011-12-30T10:00Z')).toBe(14);
    expect(offsetIn('America/Recife', '2000-10-08T02:59Z')).toBe(-3);
    expect(offsetIn('America/Recife', '2000-10-12T00:00Z')).toBe(-2);
    expect(offsetIn('America/Recife', '2000-10-15T02:00Z')).toBe(-3);
  });

  test('has the same answers after it has forgotten some', () => {
    for (let year = 1900; year < 2100; year += 1) zoneOffset('Europe/Madrid', Date.UTC(year, 6, 1));
    expect(offsetIn('Europe/Madrid', '2026-07-01T00:00Z')).toBe(2);
    expect(offsetIn('Europe/Madrid', '1916-07-01T00:00Z')).toBe(0);
  });

  test('refuses what is no zone and no instant, in a sentence', () => {
    expect(() => zoneOffset('Mars/Phobos', 0)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: Zone: expected an IANA name such as "Europe/Madrid", received "Mars/Phobos". Check names with isZone. [unknown-zone]]`,
    );
    expect(() => zoneOffset('UTC', Number.NaN)).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: Instant: expected milliseconds since 1970 within ±8.6e15, received NaN. Pass a number that was checked. [invalid-instant]]`,
    );
    expect(() => zoneOffset('UTC', 8.64e15)).toThrow('[invalid-instant]');
  });
});

describe('isZone', () => {
  test.each(['UTC', 'Europe/Madrid', 'America/Argentina/Ushuaia', 'Etc/GMT+5', 'US/Pacific'])(
    'knows %s',
    (zone) => expect(isZone(zone)).toBe(true),
  );

  test.each(['', ' ', 'Europe/Atlantis', '+01:00', '-05', 'Madrid time', 'Europe/Madrid '])(
    'refuses "%s"',
    (zone) => expect(isZone(zone)).toBe(false),
  );

  test('refuses a missing zone, which Intl would take for the machine’s own', () => {
    // What untyped callers may pass.
    const missing = undefined as unknown as string;
    expect(isZone(missing)).toBe(false);
    expect(() => zoneOffset(missing, 0)).toThrow('[unknown-zone]');
  });
});
