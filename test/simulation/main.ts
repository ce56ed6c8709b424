/** `npm run simulate -- --seed N`, or `--seeds A..B`: says which promises did not hold. */
import { parseArgs } from 'node:util';
import { scenarioOf } from './scenario-of.ts';
import { simulate } from './simulate.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, seeds: { type: 'string', default: '1..100' } },
});
const [from = 1, to = from] = (values.seed ?? values.seeds).split('..').map(Number);

async function main(): Promise<void> {
  let faults = 0;
  let years = 0;
  for (let seed = from; seed <= to; seed += 1) {
    const played = await simulate(scenarioOf(seed));
    for (const count of played.faults.values()) faults += count;
    years += played.passedMs / (365.25 * 86_400_000);
    for (const { promise, detail } of played.violations) {
      process.exitCode = 1;
      console.log(`seed ${seed}: ${promise}: ${detail}`);
    }
  }
  console.log(`${to - from + 1} lives, ${years.toFixed(1)} years, ${faults} faults`);
}

await main();
