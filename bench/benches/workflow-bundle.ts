/** What a worker loads per V8 context: no zod, nothing of Node, beside the bundle of the hand-written journey. */
import { readEnvironment } from '../../worker/environment.ts';
import { bundleWorkflows } from '../../worker/bundle-workflows.ts';
import { inRealTime } from '../../worker/hosting.ts';
import { composeProject } from '../../dsl/project.ts';
import { nineTouches } from '../../test/nine-touches.ts';
import type { Bench } from '../bench.ts';
import { twinBundle } from '../twin/twin-stage.ts';

export const workflowBundle: Bench = {
  name: 'workflow-bundle',
  about: 'the code that runs in the workflow sandbox, source maps left out',
  run: async () => {
    const { CULTIVO_CACHE: cacheDirectory } = readEnvironment();
    // A journey is written for its own lead; here only its plan counts.
    const journeys = [nineTouches as never];
    const plans = [...composeProject({ journeys }).plans.values()];
    const { code } = await bundleWorkflows({
      workflows: inRealTime.workflows,
      cacheDirectory,
      plans,
    });
    return [
      {
        what: 'modules of zod in it',
        unit: 'modules',
        ours: modules(code).filter((path) => /node_modules\/zod\//.test(path)).length,
        goal: { of: 'ours', atMost: 0 },
      },
      {
        what: 'modules of our own beside all',
        unit: 'modules',
        ours: modules(code).filter((path) => !path.includes('node_modules')).length,
        other: { name: 'all', value: modules(code).length },
      },
      {
        what: 'size',
        unit: 'KB',
        ours: withoutSourceMap(code).length / 1024,
        other: {
          name: 'hand-written',
          value: withoutSourceMap((await twinBundle()).code).length / 1024,
        },
      },
    ];
  },
};

const SOURCE_MAP = '\n//# sourceMappingURL=';

const withoutSourceMap = (code: string): string => {
  const end = code.lastIndexOf(SOURCE_MAP);
  return end === -1 ? code : code.slice(0, end);
};

/** Webpack names each module by its path at the head of its function. */
const modules = (code: string): readonly string[] =>
  [...withoutSourceMap(code).matchAll(/^\/\*\*\*\/ "(.+?)"$/gm)].map(([, path]) => path ?? '');
