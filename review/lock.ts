/** The lock: compiled plans in git, old ones kept while people are in them. What is locked is what a worker bundles. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contentHash } from '../dsl/compile/content-hash.ts';
import type { Plan } from '../dsl/plan.ts';

export interface LockReport {
  readonly written: readonly string[];
  readonly kept: readonly string[];
  readonly removed: readonly string[];
}

export interface LockOptions {
  /** The folder `plans/`. */
  readonly directory: string;
  /** The project's plans as they are now. */
  readonly plans: readonly Plan[];
  /** Hashes that people are in; undefined: not known, so every old plan is kept. */
  readonly inUse?: ReadonlySet<string> | undefined;
  /** Change nothing, only report. */
  readonly dryRun?: boolean;
}

/** Writes the current plans and removes those that nobody is in any more. */
export async function lock({
  directory,
  plans,
  inUse,
  dryRun = false,
}: LockOptions): Promise<LockReport> {
  const locked = await readLock(directory);
  const current = new Set(plans.map(({ hash }) => hash));
  const known = new Set(locked.map(({ hash }) => hash));
  const written = plans.filter(({ hash }) => !known.has(hash));
  const old = locked.filter(({ hash }) => !current.has(hash));
  const removed = old.filter(({ hash }) => inUse !== undefined && !inUse.has(hash));
  if (!dryRun) {
    for (const plan of written) await writePlan(directory, plan);
    for (const plan of removed) await rm(fileOf(directory, plan));
  }
  return {
    written: written.map(nameOf),
    kept: locked.filter((plan) => !removed.includes(plan)).map(nameOf),
    removed: removed.map(nameOf),
  };
}

/**
 * Every locked plan.
 *
 * @throws Error [lock-damaged] naming the file whose content is not the plan of its name.
 */
export async function readLock(directory: string): Promise<readonly Plan[]> {
  const files = await readdir(directory, { recursive: true }).catch(() => []);
  return Promise.all(
    files
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => readPlan(join(directory, name))),
  );
}

async function readPlan(file: string): Promise<Plan> {
  const damaged = (received: string) =>
    new Error(
      `${file}: expected a plan whose hash is the file's name, received ${received}. ` +
        'Restore it from git; plans are never edited. [lock-damaged]',
    );
  let plan: Plan;
  try {
    plan = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw damaged(String(error));
  }
  const { hash, ...content } = plan;
  const actual = contentHash(content);
  if (hash !== actual || !file.endsWith(`${hash}.json`)) throw damaged(`content of hash ${actual}`);
  return plan;
}

async function writePlan(directory: string, plan: Plan): Promise<void> {
  await mkdir(join(directory, plan.id), { recursive: true });
  await writeFile(fileOf(directory, plan), `${JSON.stringify(plan, null, 2)}\n`);
}

const nameOf = ({ id, hash }: Plan): string => `${id}/${hash}`;
const fileOf = (directory: string, plan: Plan): string => join(directory, `${nameOf(plan)}.json`);
