import { scenarioOf } from './scenario-of.ts';
import { play } from './simulate.ts';
for (const seed of process.argv.slice(2).map(Number)) {
  const s = scenarioOf(seed);
  const p = await play(s);
  const c = await play({ ...s, faults: { rates: {} } });
  p.stories.forEach((x, i) => {
    if (x !== c.stories[i]) console.log(seed, i, '\nCALM\n' + c.stories[i] + '\nFAULTS\n' + x);
  });
}
