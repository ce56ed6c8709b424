/** `npm run soak -- --minutes 30 [--seed N] [--json]`: says what was promised and did not hold. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startGuard } from './guard.ts';
import { soak, type SoakReport } from './soak.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    seed: { type: 'string' },
    'fault-every': { type: 'string', default: '2.5' },
    'person-every': { type: 'string', default: '2' },
    keep: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const SHOWN_OF_EACH = 20;
const EXIT_CODE_OF_SIGINT = 130;

function print(report: SoakReport): void {
  const { violations, ...numbers } = report;
  for (const [name, value] of Object.entries(numbers))
    console.log(`${name.padEnd(16)}${typeof value === 'object' ? printCounts(value) : value}`);
  const promises = new Map<string, number>();
  for (const { promise, detail } of violations) {
    const count = (promises.get(promise) ?? 0) + 1;
    promises.set(promise, count);
    if (count <= SHOWN_OF_EACH) console.log(`VIOLATION ${promise}: ${detail}`);
  }
  for (const [promise, count] of promises)
    if (count > SHOWN_OF_EACH) console.log(`VIOLATION ${promise}: ${count} in all`);
  if (violations.length === 0) console.log('Nothing lost, nothing twice, everybody has arrived.');
}

const printCounts = (counts: object): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

async function main(): Promise<void> {
  const guard = startGuard();
  const folder = mkdtempSync(join(tmpdir(), 'cultivo-soak-'));
  // Postgres runs as somebody else.
  chmodSync(folder, 0o755);
  const stop = () => {
    guard.end();
    process.exit(EXIT_CODE_OF_SIGINT);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  try {
    const report = await soak({
      seed: Number(values.seed ?? Date.now() % 1_000_000),
      ms: Number(values.minutes) * 60_000,
      faultEveryMs: Number(values['fault-every']) * 1_000,
      personEveryMs: Number(values['person-every']) * 1_000,
      folder,
      guard,
      say: (line) => console.error(`${new Date().toISOString().slice(11, 19)} ${line}`),
    });
    if (values.json) console.log(JSON.stringify(report, null, 2));
    else print(report);
    if (report.violations.length > 0) process.exitCode = 1;
    if (report.violations.length > 0 || values.keep)
      console.error(`All that was written is in ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  } finally {
    guard.end();
  }
}

await main();
