/**
 * The workflow bundle: built when anything that it is made of has changed, and kept in the cache; plans
 * are put into the finished text, so that a new plan costs no bundling.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { Plan } from '../dsl/plan.ts';

const EXTENSION = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Bundles of so many versions are kept. */
const KEPT = 8;

export interface BundleOptions {
  /** The module whose exports are the workflows, without its extension. */
  readonly workflows: string;
  /** A folder that outlives the checkout. */
  readonly cacheDirectory: string;
  readonly plans: readonly Plan[];
}

/** The bundle with these plans in it, for `WorkerOptions.workflowBundle`. */
export async function bundleWorkflows(options: BundleOptions): Promise<{ readonly code: string }> {
  const texts = Object.fromEntries(options.plans.map((plan) => [plan.hash, JSON.stringify(plan)]));
  const literal = JSON.stringify(JSON.stringify(texts));
  const code = await codeWithoutPlans(options.workflows, join(options.cacheDirectory, 'bundles'));
  const embedded = code.replace(/(['"])__CULTIVO_PLANS__\1/, () => literal);
  if (embedded === code) throw new Error('The bundle has no place for plans. [bundle-broken]');
  return { code: embedded };
}

/** A bundle in the cache, with the hash of every file that it was made of. */
interface Kept {
  readonly files: { readonly [path: string]: string };
  readonly code: string;
}

async function codeWithoutPlans(workflows: string, directory: string): Promise<string> {
  // The bundler itself is what no file of the bundle shows.
  const { version } = createRequire(import.meta.url)('@temporalio/worker/package.json') as {
    version: string;
  };
  const kind = hash(`${relative(ROOT, workflows)} ${EXTENSION} ${version} ${process.version}`);
  await mkdir(directory, { recursive: true });
  const names = (await readdir(directory)).filter((name) => name.startsWith(`${kind}-`)).sort();
  for (const name of names.toReversed()) {
    const kept = await readKept(join(directory, name));
    if (kept !== undefined && (await isCurrent(kept))) return kept.code;
  }
  const kept = await bundle(workflows);
  // Named by time, so that the newest is looked at first.
  const name = `${kind}-${Date.now().toString(36)}-${hash(kept.code)}.json`;
  const temporary = join(directory, `${name}.tmp`);
  await writeFile(temporary, JSON.stringify(kept));
  await rename(temporary, join(directory, name));
  for (const old of names.slice(0, -KEPT)) await rm(join(directory, old), { force: true });
  return kept.code;
}

async function bundle(workflows: string): Promise<Kept> {
  const source = `${workflows}${EXTENSION}`;
  const paths = new Set<string>();
  const { code } = await bundleWorkflowCode({
    workflowsPath: source,
    // Everything: none of our modules keeps state of a workflow, so each is evaluated once per V8
    // context instead of once per workflow. (`bundled-plans` keeps plans, which are the same for all.)
    preloadModules: [source],
    logger: new DefaultLogger('WARN'),
    webpackConfigHook: (config) => ({
      ...config,
      plugins: [
        ...(config.plugins ?? []),
        ({ hooks }) =>
          hooks.done.tap('cultivo', ({ compilation }) => {
            for (const path of compilation.fileDependencies) paths.add(path);
          }),
      ],
    }),
  });
  const files: Record<string, string> = {};
  for (const path of [...paths].sort()) {
    const content = await readFile(path).catch(() => undefined);
    // Folders, and places where a module was looked for: they hold nothing of it.
    if (content !== undefined) files[relative(ROOT, path)] = hash(content);
  }
  return { files, code };
}

async function isCurrent({ files }: Kept): Promise<boolean> {
  for (const [path, known] of Object.entries(files)) {
    const content = await readFile(join(ROOT, path)).catch(() => undefined);
    if (content === undefined || hash(content) !== known) return false;
  }
  return true;
}

async function readKept(file: string): Promise<Kept | undefined> {
  try {
    // Written above, whole, and by nobody else.
    return JSON.parse(await readFile(file, 'utf8')) as Kept;
  } catch {
    return undefined; // another process has just removed it
  }
}

const hash = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 16);
