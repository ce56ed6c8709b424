/** What documents show as the answer of a command is what it answers, to a world that has come as far as the document has. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import northvane from '../../examples/three-month-nurture/cultivo.config.ts';
import { Lead as Buyer } from '../../examples/three-month-nurture/lead.ts';
import { threeMonthNurture } from '../../examples/three-month-nurture/three-month-nurture.ts';
import { createIngest } from '../../ingest/create-ingest.ts';
import { serveIngest } from '../../ingest/serve.ts';
import { persona } from '../../rehearsal/index.ts';
import { studioRoutes } from '../../studio/index.ts';
import { callCli } from '../call-cli.ts';
import { playedWorld, type PlayedWorld } from '../played-world.ts';
import { blocksOf, DOCUMENTS } from './documents.ts';
import { shellCommands } from './shell-words.ts';
import { preparePages, writePage } from './write-pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'cultivo-docs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
preparePages(folder);

const TUTORIAL = 'docs/tutorial.md';
const project = writePage(folder, TUTORIAL)?.folder ?? '';
const MARCH = Date.UTC(2026, 2, 3);
const from = '2026-03-02T10:00';

const WORLDS: { readonly [document: string]: () => Promise<PlayedWorld> } = {
  [TUTORIAL]: async () => {
    const { webinar } = await import(join(project, 'webinar.ts'));
    const { Lead } = await import(join(project, 'lead.ts'));
    const { default: config } = await import(join(project, 'cultivo.config.ts'));
    const profile = { name: 'Ben Ode', email: 'ben@example.com' };
    const lead = persona(Lead, profile, { id: 'ben', consents: [] });
    return playedWorld(webinar, [{ lead, from, config }], MARCH);
  },
  'docs/questions.md': () => {
    const profile: Buyer = {
      name: 'Ana Ruiz',
      email: 'ana@example.com',
      company: 'Example Works',
      role: 'energy-manager',
      sector: 'food',
      country: 'ES',
      timezone: 'Europe/Madrid',
    };
    const lead = persona(Buyer, profile, { id: 'ana', consents: [] });
    return playedWorld(threeMonthNurture, [{ lead, from, config: northvane }], MARCH);
  },
};

/** A block of text behind a block of commands is what the last of them prints. */
const answers = DOCUMENTS.flatMap((document) => {
  const blocks = blocksOf(document);
  return blocks.flatMap(({ language, text }, i) => {
    const asked = blocks[i - 1];
    const command = asked?.language === 'sh' ? shellCommands(asked.text).at(-1) : undefined;
    return language === 'text' && command !== undefined ? [{ document, command, text }] : [];
  });
});

test('there are some', () => expect(answers.length).toBeGreaterThan(2));

test.each(answers)('$document: $command.words', async ({ document, command: { words }, text }) => {
  const args = words.slice(words.indexOf('cultivo') + 1);
  const { stdout } =
    args[0] === 'graph'
      ? await callCli(...args, '--config', join(project, 'cultivo.config.ts'))
      : await callCli(...args, '--url', await serve(document));
  expect(stdout).toBe(text);
});

test('the table of leads in the tutorial is one that can be enrolled', async () => {
  const table = blocksOf(TUTORIAL).find(({ language }) => language === 'csv');
  const file = join(project, table?.name ?? '');
  writeFileSync(file, table?.text ?? '');
  const config = join(project, 'cultivo.config.ts');
  const args = ['enrol', 'webinar', '--csv', file, '--config', config, '--dry-run', '--json'];
  const { stdout } = await callCli(...args);
  expect(JSON.parse(stdout)).toMatchObject({ people: 2, bad: [] });
});

async function serve(document: string): Promise<string> {
  const world = await WORLDS[document]?.();
  if (world === undefined) throw new Error(`${document}: expected a world that it speaks of.`);
  const server = await serveIngest(createIngest(world, { routes: studioRoutes }), { port: 0 });
  onTestFinished(() => server.stop());
  return server.url;
}
