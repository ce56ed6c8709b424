/**
 * The workflow bundle: built once per version of our own code and kept in the cache; plans are put into
 * the finished text, so that a new plan costs no bundling.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { Plan } from '../dsl/plan.ts';

const EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const source = (path: string): string => join(ROOT, `${path}${EXTENSION}`);

/**
 * Everything: none of our modules keeps state of a workflow, so each is evaluated once per V8 context
 * instead of once per workflow. (`bundled-plans` keeps plans, which are the same for all.)
 */
const PRELOADED = ['workflows/index'];

export interface BundleOptions {
  /** A folder that outlives the checkout. */
  readonly cacheDirectory: string;
  readonly plans: readonly Plan[];
}

/** The bundle with these plans in it, for `WorkerOptions.workflowBundle`. */
export async function bundleWorkflows(options: BundleOptions): Promise<{ readonly code: string }> {
  const texts = Object.fromEntries(options.plans.map((plan) => [plan.hash, JSON.stringify(plan)]));
  const literal = JSON.stringify(JSON.stringify(texts));
  const code = await codeWithoutPlans(join(options.cacheDirectory, 'bundles'));
  const embedded = code.replace(/(['"])__CULTIVO_PLANS__\1/, () => literal);
  if (embedded === code) throw new Error('The bundle has no place for plans. [bundle-broken]');
  return { code: embedded };
}

async function codeWithoutPlans(directory: string): Promise<string> {
  const file = join(directory, `${await version()}.js`);
  try {
    return await readFile(file, 'utf8');
  } catch {
    // Not built yet for this version of the code.
  }
  const { code } = await bundleWorkflowCode({
    workflowsPath: source('workflows/index'),
    preloadModules: PRELOADED.map(source),
    logger: new DefaultLogger('WARN'),
  });
  await mkdir(directory, { recursive: true });
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, code);
  await rename(temporary, file);
  return code;
}

/** A hash over everything that the bundle is made from. */
async function version(): Promise<string> {
  const hash = createHash('sha256').update(process.version).update(PRELOADED.join());
  for (const folder of ['dsl', 'engine', 'workflows']) {
    const names = await readdir(join(ROOT, folder), { recursive: true });
    for (const name of names.filter((each) => each.endsWith(EXTENSION)).sort()) {
      hash.update(name).update(await readFile(join(ROOT, folder, name)));
    }
  }
  const sdk = fileURLToPath(import.meta.resolve('@temporalio/workflow'));
  hash.update(await readFile(join(dirname(dirname(sdk)), 'package.json')));
  return hash.digest('hex').slice(0, 16);
}
