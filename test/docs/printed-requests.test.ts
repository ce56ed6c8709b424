/** Every `curl` that is printed is taken by an ingest, with a body that it understands. */
import { expect, test } from 'vitest';
import { whereToLook } from '../../cli/dev/where-to-look.ts';
import { composeProject } from '../../dsl/project.ts';
import config from '../../examples/three-month-nurture/cultivo.config.ts';
import { createIngest } from '../../ingest/create-ingest.ts';
import { recordingWorld } from '../fixtures/recording-world.ts';
import { problemWith } from './check-command.ts';
import { blocksOf, DOCUMENTS } from './documents.ts';
import { type ShellCommand, shellCommands } from './shell-words.ts';

const PLACES = {
  ingest: 'http://127.0.0.1:4000',
  studio: 'http://127.0.0.1:4000/studio',
  temporalUi: null,
  temporal: '127.0.0.1:7233',
  namespace: 'default',
  store: '.cultivo/store',
  data: '.cultivo',
  needsKey: false,
};

/** What `cultivo dev` says as it starts. */
const tryIt = whereToLook(PLACES, composeProject(config))
  .split('\n')
  .flatMap((line) => (/^ {2}(curl|npm|npx) /.test(line) ? shellCommands(line) : []));

const isRequest = ({ words: [program] }: ShellCommand): boolean => program === 'curl';

const requests = [
  ...DOCUMENTS.flatMap(blocksOf)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => shellCommands(text)),
  ...tryIt,
].filter(isRequest);

test('there are some, in documents and at the start of dev', () => {
  expect(requests.length).toBeGreaterThan(tryIt.filter(isRequest).length);
});

test.each(requests)('$words', async ({ words }) => {
  const after = (flag: string): string | undefined => words[words.indexOf(flag) + 1];
  const url = words.find((word) => word.startsWith('http')) ?? '';
  const [name = '', value = ''] = after('-H')?.split(': ') ?? [];
  const app = createIngest(recordingWorld(config, Date.UTC(2026, 2, 2, 10)));
  const { pathname } = new URL(url);
  const answer = await app.request(pathname, {
    method: 'POST',
    headers: { [name]: value },
    body: after('-d') ?? '',
  });
  expect({ status: answer.status, says: await answer.text() }).toMatchObject({ status: 202 });
});

test('what dev says to try next are commands', async () => {
  const others = tryIt.filter((command) => !isRequest(command));
  expect(others.length).toBeGreaterThan(0);
  for (const command of others) expect(await problemWith(command)).toBeUndefined();
});
