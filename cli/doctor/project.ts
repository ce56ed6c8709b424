/** The project itself: whether it loads, what could be better, and whether its plans are locked. */
import { lacksPublicUrl, publicUrl } from '../../dsl/project.ts';
import { lock } from '../../review/lock.ts';
import { plural } from '../answer.ts';
import { plansFolder } from '../load-project.ts';
import { type Check, failure, isDeployment, NO_PROJECT, ok, skipped, warning } from './check.ts';

export const projectCheck: Check = {
  name: 'project',
  look({ project, problems }) {
    if (project === undefined) return { state: 'failure', says: problems.project ?? NO_PROJECT };
    const { plans, templates } = project;
    return ok(`${plural(plans.size, 'journey')}, ${plural(templates.size, 'template')}.`);
  },
};

export const adviceCheck: Check = {
  name: 'config',
  look({ project }) {
    if (project === undefined) return skipped(NO_PROJECT);
    if (project.advice.length === 0) return ok('Nothing to advise.');
    return { state: 'warning', says: project.advice.join('\n') };
  },
};

export const lockCheck: Check = {
  name: 'plans',
  async look({ project, directory, environment }) {
    if (project === undefined) return skipped(NO_PROJECT);
    const plans = [...project.plans.values()];
    const { written } = await lock({ directory: plansFolder(directory), plans, dryRun: true });
    if (written.length === 0) return ok('All are locked.');
    const judge = isDeployment(environment) ? failure : warning;
    return judge(
      `${plural(written.length, 'plan')} not locked: ${written.join(', ')}. Production runs locked plans alone.`,
      'Run `cultivo lock` and commit plans/.',
    );
  },
};

/** Where links of messages lead; asked for once, as somebody's mail program would. */
export const publicUrlCheck = (withinMs: number): Check => ({
  name: 'public URL',
  async look({ project }) {
    if (project === undefined) return skipped(NO_PROJECT);
    const { config } = project;
    if (config.brand?.publicUrl === undefined) {
      // What is missing is among the advice.
      return skipped(
        lacksPublicUrl(config) ? 'brand.publicUrl is not set.' : 'E-mail stays on this machine.',
      );
    }
    const url = publicUrl(project);
    if (!URL.canParse(url) || new URL(url).protocol !== 'https:') {
      return failure(
        `brand.publicUrl: expected https://…, received ${url}. Mail programs unsubscribe by https alone (RFC 8058).`,
        'Put a proxy with a certificate in front of ingest.',
      );
    }
    const fix = 'Start the worker, or correct brand.publicUrl, its DNS or the proxy before ingest.';
    try {
      const { status } = await fetch(`${url}/healthz`, {
        signal: AbortSignal.timeout(withinMs),
      });
      return status === 200
        ? ok(`${url} answers.`)
        : warning(`${url}/healthz: expected 200, received ${status}.`, fix);
    } catch {
      return warning(`${url} does not answer from here.`, fix);
    }
  },
});
