/** Names and ids, however their characters are written: one person, one event, one topic; broken ones are refused. */
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { email, type EmailContext } from '../dsl/email.ts';
import { event } from '../dsl/event.ts';
import { html } from '../dsl/html.ts';
import { journey } from '../dsl/journey.ts';
import { lead } from '../dsl/lead.ts';
import { enrolIn } from '../dsl/steps/enrol-in.ts';
import { sendEmail } from '../dsl/steps/send-email.ts';
import { waitDays } from '../dsl/steps/wait-days.ts';
import { consents, enrolments, events, identities, people } from '../store/tables/index.ts';
import { recordingWorld } from '../test/fixtures/recording-world.ts';
import { createIngest } from './create-ingest.ts';

const FORMS = ['NFC', 'NFD'] as const;
type Form = (typeof FORMS)[number];

function start(written: Form) {
  const as = (name: string): string => name.normalize(written);
  const news = email(as('carta-é'), {
    topic: as('información'),
    subject: ({ lead: { email: to } }: EmailContext<{ email: string }>) => to,
    body: () => html`<p>Hola</p>`,
  });
  const model = lead(z.object({ email: z.string() }));
  const asked = journey('asked', { lead: model, enter: event(as('Petición Enviada')) }, [
    waitDays(1),
    sendEmail(news),
    enrolIn('later'),
  ]);
  const later = journey('later', { lead: model }, [waitDays(1, { id: as('día') })]);
  const topics = { [as('información')]: { consent: 'opt-in' } } as const;
  const world = recordingWorld({ journeys: [asked, later], topics }, Date.UTC(2026, 2, 2, 10));
  const app = createIngest(world);
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    return app.request(path, { method: 'POST', headers, body: JSON.stringify(body) });
  };
  return { world, post };
}

describe.each(FORMS)('a project written in %s', (written) => {
  test('hears senders of either form, of one person', async () => {
    const { world, post } = start(written);
    for (const form of FORMS) {
      const said = (text: string): string => text.normalize(form);
      const traits = { email: said('josé@example.com'), consents: { [said('información')]: true } };
      expect((await post('/v1/identify', { userId: said('josé'), traits })).status).toBe(202);
      const tracked = { userId: said('josé'), event: said('Petición Enviada') };
      const body = { ...tracked, messageId: said('petición-1') };
      expect((await post('/v1/track', body)).status).toBe(202);
      const users = [{ userId: said('josé') }, { email: said('josé@example.com') }];
      expect((await post('/v1/enrol', { journey: 'asked', users })).status).toBe(202);
    }
    await world.store.transaction(async (tx) => {
      expect(await tx.find(people, {})).toHaveLength(1);
      const [person] = await tx.find(identities, { kind: 'user', value: 'josé'.normalize('NFC') });
      const of = { person: person?.person ?? '' };
      expect((await tx.find(events, of)).filter(({ name }) => name !== 'identified')).toHaveLength(
        1,
      );
      expect((await tx.find(enrolments, of)).map((run) => run.journey)).toEqual(['asked']);
      const given = await tx.find(consents, of);
      expect([...new Set(given.map(({ topic }) => topic))]).toEqual([
        'información'.normalize('NFC'),
      ]);
    });
  });

  test('has steps, topics and templates of one name', () => {
    const { project } = start(written).world;
    const names = [
      ...project.topics,
      ...project.templates.keys(),
      ...Object.keys(project.config.topics ?? {}),
      ...[...project.plans.values()].flatMap(({ nodes }) => Object.keys(nodes)),
    ];
    expect(names).toEqual(names.map((name) => name.normalize('NFC')));
  });
});

describe('names with NUL or half a character', () => {
  const BROKEN = ['a\0', '\ud800', 'a\udfff', '\udc00\ud800'];
  const people_ = { userId: 'u', event: 'Viewed' };
  test.each([
    ['userId', (text: string) => ['/v1/track', { ...people_, userId: text }]],
    ['anonymousId', (text: string) => ['/v1/track', { event: 'Viewed', anonymousId: text }]],
    ['event', (text: string) => ['/v1/track', { ...people_, event: text }]],
    ['messageId', (text: string) => ['/v1/track', { ...people_, messageId: text }]],
    ['email', (text: string) => ['/v1/track', { event: 'Viewed', email: text }]],
    [
      'properties.topic',
      (text: string) => ['/v1/track', { ...people_, properties: { topic: text } }],
    ],
    ['traits.email', (text: string) => ['/v1/identify', { userId: 'u', traits: { email: text } }]],
    [
      'traits.consents',
      (text: string) => ['/v1/identify', { userId: 'u', traits: { consents: { [text]: true } } }],
    ],
    ['users.0', (text: string) => ['/v1/enrol', { journey: 'later', users: [{ userId: text }] }]],
  ] as const)('in %s are refused, and nobody is made', async (path, made) => {
    const { world, post } = start('NFC');
    for (const text of BROKEN) {
      const [route, body] = made(text) as [string, object];
      const answer = await post(route, body);
      expect(answer.status).toBe(400);
      const { problems } = (await answer.json()) as {
        problems: { path: string; expected: string }[];
      };
      expect(problems).toHaveLength(1);
      expect(problems[0]?.path).toContain(path);
      expect(problems[0]?.expected).toContain('text without NUL and half characters');
    }
    expect(await world.store.transaction((tx) => tx.find(people, {}))).toEqual([]);
  });

  test('as values they are kept, changed where they must be', async () => {
    const { post } = start('NFC');
    const traits = { name: 'a\0\ud800' };
    expect((await post('/v1/identify', { userId: 'u', traits })).status).toBe(202);
  });
});
