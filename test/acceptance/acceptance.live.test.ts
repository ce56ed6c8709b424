/**
 * The acceptance scenarios on a real Temporal server whose clocks leap: the same as on a virtual one. What
 * they left there, and in the log, is then searched for what it may not hold.
 */
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, inject, test } from 'vitest';
import { onTemporal } from '../../rehearsal/temporal/on-temporal.ts';
import { readEnvironment } from '../../worker/environment.ts';
import { logTemporal } from '../../worker/open-log.ts';
import { allScenarios } from './all-scenarios.ts';
import { keptByTemporal } from './kept-by-temporal.ts';
import { PERSONAL } from './scenario.ts';

const logged: string[] = [];
const log = new Writable({
  write: (line: Buffer, _, done) => {
    logged.push(line.toString('utf8'));
    done();
  },
});
logTemporal(pino({ level: 'info', base: null }, log));
const { address, namespace } = inject('temporalServer');
const host = onTemporal({ address, namespace, cacheDirectory: readEnvironment().CULTIVO_CACHE });

describe.each([1, 200])('in cohorts of %i, on Temporal', (cohortSize) => {
  describe.each(allScenarios)('%s', (_, scenarios) => {
    test.concurrent.each(scenarios)('$name', ({ run }) => run({ host, cohortSize }));
  });
});

describe('what all of this left behind', () => {
  const leaks = (text: string): readonly string[] =>
    PERSONAL.filter((each) => each.test(text)).map(() => text.slice(0, 500));

  test('histories, ids, summaries and attributes without personal data', async () => {
    let texts = 0;
    const found: string[] = [];
    for await (const { workflow, text } of keptByTemporal({ address, namespace }, 'rehearsal-')) {
      texts += 1;
      found.push(...leaks(text).map((leak) => `${workflow}: ${leak}`));
    }
    expect(found).toEqual([]);
    // What is searched is there: own code that fails says so.
    expect(texts).toBeGreaterThan(300);
  });

  test('a log without personal data, though own code failed', () => {
    expect(logged.flatMap(leaks)).toEqual([]);
    expect(logged.join('')).toContain('The printer has no card for …');
  });
});
