/** What a worker loads per V8 context: no zod, nothing of Node, beside the bundle of the hand-written journey. */
import { composeProject } from '../../dsl/project.ts';
import { nineTouches } from '../../test/nine-touches.ts';
import { bundleWorkflows } from '../../worker/bundle-workflows.ts';
import { readEnvironment } from '../../worker/environment.ts';
import { inRealTime } from '../../worker/hosting.ts';
import type { Figure } from '../bench.ts';
import { twinBundle } from '../twin/twin-stage.ts';

export const about = 'the code that runs in the workflow sandbox, source maps left out';

export async function run(): Promise<readonly Figure[]> {
  const { CULTIVO_CACHE: cacheDirectory } = readEnvironment();
  // A journey is written for its own lead; here only its plan counts.
  const journeys = [nineTouches as never];
  const plans = [...composeProject({ journeys }).plans.values()];
  const { workflows } = inRealTime;
  const { code } = await bundleWorkflows({ workflows, cacheDirectory, plans });
  const paths = modules(code);
  const ofZod = paths.filter((path) => /node_modules\/zod\//.test(path)).length;
  const own = paths.filter((path) => !path.includes('node_modules')).length;
  const all = { name: 'all', value: paths.length };
  const twin = { name: 'hand-written', value: kilobytes((await twinBundle()).code) };
  return [
    { what: 'modules of zod in it', unit: 'modules', ours: ofZod, goal: { of: 'ours', atMost: 0 } },
    { what: 'modules of our own beside all', unit: 'modules', ours: own, other: all },
    { what: 'size', unit: 'KB', ours: kilobytes(code), other: twin },
  ];
}

const SOURCE_MAP = '\n//# sourceMappingURL=';

const withoutSourceMap = (code: string): string => {
  const end = code.lastIndexOf(SOURCE_MAP);
  return end === -1 ? code : code.slice(0, end);
};

const kilobytes = (code: string): number => withoutSourceMap(code).length / 1024;

/** Webpack names each module by its path at the head of its function. */
const modules = (code: string): readonly string[] =>
  [...withoutSourceMap(code).matchAll(/^\/\*\*\*\/ "(.+?)"$/gm)].map(([, path]) => path ?? '');
