/** What documents show as the answer of a command is what it answers, to a world that has come as far as the document has. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import northvane from '../../examples/three-month-nurture/cultivo.config.ts';
import { Lead as Buyer } from '../../examples/three-month-nurture/lead.ts';
import { threeMonthNurture } from '../../examples/three-month-nurture/three-month-nurture.ts';
import type { World } from '../../activities/world.ts';
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
for (const { language, name, text } of blocksOf(TUTORIAL))
  if (language === 'csv') writeFileSync(join(project, name), text);

const from = '2026-03-02T10:00';
const LATER = Date.UTC(2026, 2, 3);

const WORLDS: { readonly [document: string]: () => Promise<PlayedWorld> } = {
  [TUTORIAL]: async () => {
    const { webinar } = await import(join(project, 'src/webinar.ts'));
    const { Lead } = await import(join(project, 'src/lead.ts'));
    const { default: config } = await import(join(project, 'cultivo.config.ts'));
    // A world begins with somebody.
    const lead = persona(Lead, { name: 'Zoe', email: 'zoe@example.com' }, { id: 'zoe' });
    return playedWorld(webinar, [{ lead, from, config }], Date.UTC(2026, 2, 2, 10));
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
    return playedWorld(threeMonthNurture, [{ lead, from, config: northvane }], LATER);
  },
};

/** A block of text behind a block of commands is what the last of them prints, once the others have been called. */
const answers = DOCUMENTS.flatMap((document) => {
  const blocks = blocksOf(document);
  return blocks.flatMap(({ language, text }, i) => {
    const asked = blocks[i - 1];
    return language === 'text' && asked?.language === 'sh'
      ? [{ document, commands: asked.text, text }]
      : [];
  });
});

test('there are some', () => expect(answers.length).toBeGreaterThan(2));

test.each(answers)('$document: $commands', async ({ document, commands, text }) => {
  inFolder(project);
  const world = await WORLDS[document]?.();
  if (world === undefined) throw new Error(`${document}: expected a world that it speaks of.`);
  const url = await serve(world);
  let printed = '';
  for (const { words } of shellCommands(commands)) {
    const args = words.slice(words.indexOf('cultivo') + 1);
    const { exitCode, stdout } = await callCli(
      ...args,
      ...(OFFLINE.has(args[0]) ? [] : ['--url', url]),
    );
    expect(exitCode).toBe(0);
    printed = stdout;
    await world.playTo(LATER);
  }
  expect(printed).toBe(text);
});

/** They read the project and call nobody. */
const OFFLINE = new Set<string | undefined>(['graph']);

/** Where the reader stands. */
function inFolder(folder: string): void {
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
}

async function serve(world: World): Promise<string> {
  const server = await serveIngest(
    createIngest(world, { routes: studioRoutes({ mayAct: false }) }),
    { port: 0 },
  );
  onTestFinished(() => server.stop());
  return server.url;
}
