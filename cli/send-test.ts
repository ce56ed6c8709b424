/** One template, filled for a made-up lead, to an address that is given: never to a lead. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { newWorld, memoryPorts, openPorts } from '../channels/index.ts';
import { memoryStore } from '../store/memory/memory-store.ts';
import { preview } from '../views/preview.ts';
import { readEnvironment } from '../worker/environment.ts';
import { loadProject } from './load-project.ts';

export interface SentTest {
  readonly to: string;
  readonly subject: string;
  readonly vendor: string;
  readonly providerId: string;
}

/** @throws Error [unknown-template, invalid-address, nothing-leaves, not-sent] and those of the vendor. */
export async function sendTest(
  template: string,
  { config, to }: { readonly config: string; readonly to: string },
): Promise<SentTest> {
  const { project } = await loadProject(config);
  const store = memoryStore();
  const { ports, close } = await openPorts(project.config, readEnvironment(), store);
  try {
    const { email: sender } = ports;
    if (!project.templates.has(template)) throw unknown(template, [...project.templates.keys()]);
    if (!z.email().safeParse(to).success) throw noAddress(to);
    if (sender.vendor === 'local') throw nothingLeaves();
    // Never asked for anybody: the world is that of the project alone.
    const cohorts = { deliver: async () => false, beginAgain: async () => undefined };
    const world = newWorld({ project, store, ports: memoryPorts(), cohorts });
    const shown = await preview(world, template);
    if (shown === undefined) throw unknown(template, [...project.templates.keys()]);
    if ('problem' in shown) throw new Error(`Template ${template}: ${shown.problem} [not-sent]`);
    const key = `test/${randomUUID()}`;
    const subject = `[test] ${shown.email.subject}`;
    const [outcome] = await sender.send(key, [{ ...shown.email, key, to, subject }]);
    if (outcome?.status !== 'sent')
      throw new Error(
        `${sender.vendor}: expected it to be taken, received ${outcome?.code ?? 'no answer'}: ${outcome?.detail ?? ''} [not-sent]`,
      );
    return { to, subject, vendor: sender.vendor, providerId: outcome.providerId };
  } finally {
    await close();
  }
}

const noAddress = (to: string): Error =>
  new Error(
    `--to ${to}: expected an e-mail address, received other text. Correct it. [invalid-address]`,
  );

const nothingLeaves = (): Error =>
  new Error(
    "The config's e-mail goes to the local inbox: nothing leaves this machine. " +
      'Choose a sender, messaging: { email: resend() }, or look at it in the studio. [nothing-leaves]',
  );

const unknown = (template: string, known: readonly string[]): Error =>
  new Error(
    `Template ${JSON.stringify(template)}: expected one of ${known.join(', ')}. Name one of them. [unknown-template]`,
  );
