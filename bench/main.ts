/**
 * `npm run bench [-- name…] [--json]`: measures and prints, side by side in one run. Numbers depend on the
 * machine, so a missed goal is printed and fails nothing.
 */
import { isMet, ratioOf } from './figure.ts';
import { BENCHES } from './benches/index.ts';
import { printFigures } from './print-figures.ts';

const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const isJson = process.argv.includes('--json');
const unknown = asked.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(
    `Benchmark ${unknown.join(', ')}: expected ${BENCHES.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(1);
}

const results = [];
for (const bench of BENCHES) {
  if (asked.length > 0 && !asked.includes(bench.name)) continue;
  const figures = await bench.run();
  if (!isJson) console.log(`${printFigures(`${bench.name}: ${bench.about}`, figures)}\n`);
  results.push({
    bench: bench.name,
    about: bench.about,
    figures: figures.map((figure) => ({ ...figure, ratio: ratioOf(figure), met: isMet(figure) })),
  });
}
if (isJson) console.log(JSON.stringify(results, null, 2));
// Connections of the SDK's runtime would keep the process for a while.
process.exit(0);
