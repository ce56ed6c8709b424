import { expect, expectTypeOf, test } from 'vitest';
import config from '../examples/three-month-nurture/cultivo.config.ts';
import { FormSubmitted } from '../examples/three-month-nurture/events.ts';
import { threeMonthNurture } from '../examples/three-month-nurture/three-month-nurture.ts';
import { createIngest } from '../ingest/create-ingest.ts';
import { serveIngest } from '../ingest/serve.ts';
import { recordingWorld } from '../test/fixtures/recording-world.ts';
import { personView } from '../views/person-view.ts';
import { type Answer, createClient, CultivoClientError } from './index.ts';

const NOW = Date.now();
const LUCIA = {
  name: 'Lucía',
  email: 'lucia@a.example',
  company: 'Valdebro',
  role: 'engineer',
  sector: 'food',
  country: 'ES',
} as const;

async function start(fails: readonly (number | 'cut')[] = []) {
  const world = recordingWorld(config, NOW);
  const app = createIngest(world, { writeKey: 'write', adminKey: 'admin' });
  const server = await serveIngest(app, { port: 0 });
  const left = [...fails];
  const clientWith = (key: string) =>
    createClient<typeof config>({
      url: `${server.url}/`,
      key,
      retryMs: 1,
      fetch: async (...call) => {
        // The answer is lost after it was recorded.
        const response = await fetch(...call);
        const fail = left.shift();
        if (fail === 'cut') throw new TypeError('fetch failed');
        return fail === undefined ? response : new Response('{}', { status: fail });
      },
    });
  return { world, server, clientWith };
}

test('people are identified, do things, and are enrolled; what does not fit is answered', async () => {
  const { world, server, clientWith } = await start();
  const client = clientWith('write');
  const at = new Date(NOW);
  expect(
    await client.identify('lucia', { ...LUCIA, consents: { nurture: true } }, { at }),
  ).toMatchObject({ identified: 1 });
  expect(await client.track('lucia', FormSubmitted({ form: 'contact' }), { at })).toMatchObject({
    entered: 1,
  });
  const odd = await client.track({ anonymousId: 'a' }, { event: 'Form Submited', properties: {} });
  expect(odd.warnings).toMatchObject([{ fix: 'Did you mean form submitted?' }]);
  await expect(client.enrol(threeMonthNurture, ['lucia'])).rejects.toThrow('received 401');
  expect(await clientWith('admin').enrol(threeMonthNurture, ['lucia'])).toMatchObject({
    refused: 1,
  });
  expect((await personView(world, 'lucia'))?.runs).toMatchObject([{ status: 'live' }]);
  await server.stop();
});

test('what fails for a moment is sent again and counts once; what is refused is not', async () => {
  const { world, server, clientWith } = await start(['cut', 503, 429]);
  const client = clientWith('write');
  const answer = await client.track('ben', FormSubmitted({ form: 'guide' }));
  expect(answer).toMatchObject({ recorded: 0, duplicates: 1 });
  expect((await personView(world, 'ben'))?.story).toHaveLength(1);
  await server.stop();
  const gone = client.track('ben', FormSubmitted({ form: 'guide' }));
  await expect(gone).rejects.toBeInstanceOf(CultivoClientError);
  await expect(gone).rejects.toMatchObject({ status: 0 });
});

test('types know events and the lead', () => {
  const client = createClient<typeof config>({ url: 'http://127.0.0.1:1' });
  expectTypeOf(client.track).returns.toEqualTypeOf<Promise<Answer>>();
  // @ts-expect-error a form that is none of them
  FormSubmitted({ form: 'newsletter' });
});
