/** The three-month example played with a small crowd, served with its studio: for tests of pages. */
import { hours } from '../dsl/index.ts';
import config from '../examples/three-month-nurture/cultivo.config.ts';
import {
  FormSubmitted,
  GuideDownloaded,
  PricingViewed,
} from '../examples/three-month-nurture/events.ts';
import { Lead } from '../examples/three-month-nurture/lead.ts';
import { threeMonthNurture } from '../examples/three-month-nurture/three-month-nurture.ts';
import { createIngest, type IngestOptions } from '../ingest/create-ingest.ts';
import { type IngestServer, serveIngest } from '../ingest/serve.ts';
import { at, day, persona, salesAnswers } from '../rehearsal/index.ts';
import { studioRoutes, type StudioAccess } from '../studio/index.ts';
import { localDeliveries, pipelineRows } from '../store/tables/index.ts';
import { openJournal } from '../channels/local/journal.ts';
import type { JsonObject } from '../dsl/plan.ts';
import { type PlayedWorld, playedWorld } from './played-world.ts';

export interface StudioWorld {
  readonly world: PlayedWorld;
  readonly server: IngestServer;
}

/** What must never become markup, wherever it stands. */
export const MARKUP = '<img src=x onerror="document.title=1">';

const profile: Lead = {
  name: 'Lucía Ferrer',
  email: 'lucia@valdebro.example',
  company: `Valdebro ${MARKUP}`,
  role: 'energy-manager',
  sector: 'food',
  country: 'ES',
  employees: 420,
  timezone: 'Europe/Madrid',
};

export async function studioWorld(
  access: Partial<StudioAccess> = {},
  keys: Pick<IngestOptions, 'adminKey' | 'writeKey'> = {},
): Promise<StudioWorld> {
  const lead = (id: string, change: Partial<Lead> = {}, consents?: readonly string[]) =>
    persona(
      Lead,
      { ...profile, ...change },
      { id, ...(consents === undefined ? {} : { consents }) },
    );
  const common = { config, sales: salesAnswers('yes', { after: hours(5) }) };
  const leads = [
    {
      lead: lead('lucia'),
      from: '2026-03-02T10:00',
      behaviour: [
        at(day(4, '21:14'), GuideDownloaded({ guide: MARKUP, phase: 'early' })),
        at(day(12, '10:41'), FormSubmitted({ form: 'guide' })),
      ],
      ...common,
    },
    {
      lead: lead('callum', { name: 'Callum Reid', timezone: 'Pacific/Auckland', country: 'NZ' }),
      from: '2026-03-09T09:00',
    },
    { lead: lead('mei', { name: MARKUP, timezone: 'Asia/Tokyo' }, []), from: '2026-03-03T11:00' },
    {
      lead: lead('jonas', { name: 'Jonas Berg' }),
      from: '2026-02-20T10:00',
      behaviour: [at(day(17, '11:20'), PricingViewed({ plan: 'site' }))],
    },
  ];
  const world = await playedWorld(threeMonthNurture, leads, Date.UTC(2026, 3, 10, 9, 42));
  // What was kept in memory, as the local vendors keep it.
  await openJournal(world.store, 'email').add(world.memory.email.sent);
  const { leads: known, tasks, notes } = world.memory.crm.content();
  const rows = { lead: known, task: tasks, note: notes };
  await world.store.transaction((tx) =>
    tx.add(
      pipelineRows,
      Object.entries(rows).flatMap(([kind, all]) =>
        // Plain data, of the kind that it stands under.
        all.map((each) => ({
          id: each.id,
          kind: kind as 'lead',
          content: each as unknown as JsonObject,
        })),
      ),
    ),
  );
  const app = createIngest(world, { ...keys, routes: studioRoutes({ mayAct: false, ...access }) });
  const server = await serveIngest(app, { port: 0 });
  return { world, server };
}

export const firstMail = (world: PlayedWorld): Promise<string> =>
  world.store.transaction(
    async (tx) => (await tx.page(localDeliveries, { limit: 1 }))[0]?.id ?? '',
  );
