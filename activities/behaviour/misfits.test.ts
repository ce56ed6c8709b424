import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { email, event, html, journey, lead, sendEmail } from '../../dsl/index.ts';
import { composeProject } from '../../dsl/project.ts';
import { people } from '../../store/tables/index.ts';
import { recordingWorld } from '../../test/fixtures/recording-world.ts';
import type { BehaviourItem } from './behaviour-item.ts';
import { fittingTraits, misfitsOf } from './misfits.ts';
import { recordBehaviour } from './record-behaviour.ts';

const Lead = lead(
  z.object({
    name: z.string(),
    email: z.email().optional(),
    country: z.string().optional(),
    employees: z.coerce.number().int().optional(),
    since: z.coerce.date().optional(),
    timezone: z.string().optional(),
  }),
);
const QuoteRequested = event('Quote Requested', z.object({ amount: z.number() }));
const news = email('news', { topic: 'news', subject: () => 'Hi', body: () => html`<p>Hi</p>` });
const config = {
  journeys: [journey('quotes', { lead: Lead, enter: QuoteRequested }, [sendEmail(news)])],
  events: [QuoteRequested],
};
const project = composeProject(config);
const said = { source: 'test', id: '1', at: 1, userId: 'ana' } as const;
const identify = (traits: object) =>
  // As JSON came in.
  misfitsOf(project, { ...said, type: 'identify', traits } as BehaviourItem);
const track = (name: string, properties = {}) =>
  misfitsOf(project, { ...said, type: 'track', name, properties });

describe('traits', () => {
  test('that fit say nothing, and are kept as the model reads them', () => {
    const traits = {
      name: 'Ana',
      employees: '40',
      since: '2026-01-01',
      nickname: 7,
      country: null,
    };
    expect(identify({ ...traits, consents: { news: true } })).toEqual([]);
    expect(fittingTraits(project, traits)).toEqual({ ...traits, employees: 40 });
  });

  test('that are nearly those of the model are kept, and said', () => {
    const traits = { employes: 30, Employees: 31, shoeSize: 42, timezone: 'Europe/Madird' };
    expect(identify(traits).map(({ path, fix }) => [path, fix])).toEqual([
      ['traits.employes', 'Did you mean employees?'],
      ['traits.Employees', 'Did you mean employees?'],
      ['traits.timezone', 'Did you mean Europe/Madrid?'],
    ]);
    expect(fittingTraits(project, traits)).toEqual({ employes: 30, Employees: 31, shoeSize: 42 });
  });

  test('that do not are named without their values, and left out', () => {
    const odd = {
      name: 7,
      email: 'ana at home',
      employees: 'many',
      timezone: 'Mars',
      country: 'XX',
    };
    expect(identify(odd)).toEqual([
      { path: 'traits.name', expected: 'text', received: 'a number', fix: null },
      { path: 'traits.email', expected: 'an e-mail address', received: 'text', fix: null },
      { path: 'traits.employees', expected: 'a number', received: 'text', fix: null },
      {
        path: 'traits.timezone',
        expected: 'a zone like Europe/Madrid',
        received: 'text',
        fix: null,
      },
      {
        path: 'traits.country',
        expected: 'a country of ISO 3166, like ES',
        received: 'two other letters',
        fix: null,
      },
    ]);
    expect(fittingTraits(project, odd)).toEqual({});
  });

  test('consents to topics that no message has', () => {
    expect(identify({ consents: { newz: true, news: true } })).toEqual([
      {
        path: 'traits.consents',
        expected: 'one of news',
        received: 'newz',
        fix: 'Did you mean news?',
      },
    ]);
  });
});

describe('events', () => {
  test('that something hears, whatever the style of their names', () => {
    for (const name of ['Quote Requested', 'quote_requested', 'Page Viewed', 'email opened'])
      expect(track(name, { amount: 4 })).toEqual([]);
  });

  test('that nothing hears, with the one that was meant', () => {
    expect(track('Quotee Requested')).toEqual([
      {
        path: 'event',
        expected: 'an event that something hears',
        received: 'Quotee Requested',
        fix: 'Did you mean quote requested?',
      },
    ]);
    expect(track('Zzz')[0]?.fix).toBeNull();
  });

  test('whose properties are not those of the catalogue', () => {
    expect(track('Quote Requested', { amount: 'much' })).toEqual([
      { path: 'properties.amount', expected: 'a number', received: 'text', fix: null },
    ]);
  });
});

test('what does not fit is answered, kept aside, and changes no profile; who lacks what is required does not enter', async () => {
  const world = recordingWorld(config, 1_000);
  const record = (...items: BehaviourItem[]) => recordBehaviour(world, items);
  const first = await record({ ...said, type: 'identify', traits: { name: 'Ana', employees: 4 } });
  expect(first).not.toHaveProperty('warnings');
  const second = await record(
    { ...said, id: '2', type: 'identify', traits: { employees: 'many', country: 'ES' } },
    { ...said, id: '3', userId: 'ben', type: 'track', name: 'Quote Requested', properties: {} },
  );
  expect(second).toMatchObject({
    refused: 1,
    warnings: [
      { item: 0, path: 'traits.employees' },
      { item: 1, path: 'properties.amount' },
    ],
  });
  const [ana] = await world.store.transaction((tx) => tx.find(people, {}));
  expect(ana?.profile).toEqual({ name: 'Ana', employees: 4, country: 'ES' });
});
