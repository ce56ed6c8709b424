import { scenarioOf } from './scenario-of.ts';
import { simulate } from './simulate.ts';
for (const seed of process.argv.slice(2).map(Number)) {
  const s = scenarioOf(seed);
  const p1 = await simulate(s);
  const rates = { ...s.faults.rates };
  delete rates['cohort-lost'];
  delete rates['engine-lost'];
  const p2 = await simulate({ ...s, faults: { ...s.faults, rates } });
  console.log(
    seed,
    s.kind,
    JSON.stringify(s.faults.rates),
    [...p1.faults].join(' '),
    '| with',
    p1.violations.length,
    'without losses',
    p2.violations.length,
  );
}
