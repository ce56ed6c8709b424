/** The studio: pages of what runs now, for people. Every page is there without its script; nothing is changed by looking. */
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { endRuns } from '../activities/entry/end-runs.ts';
import { leapRuns } from '../activities/entry/leap-runs.ts';
import { retryRuns } from '../activities/entry/retry-runs.ts';
import type { World } from '../activities/world.ts';
import { html } from '../dsl/html.ts';
import type { Plan } from '../dsl/plan.ts';
import { isRunStatus } from '../engine/run.ts';
import type { ReceiveOptions } from '../ingest/receive-body.ts';
import { deliveredBy } from '../views/delivered.ts';
import { findPerson } from '../views/find-person.ts';
import { forecast } from '../views/forecast.ts';
import { personView } from '../views/person-view.ts';
import { textIn } from '../views/text-in.ts';
import { preview } from '../views/preview.ts';
import { asset, framed, notFound, page, part, ROOT, type Section } from './frame.ts';
import { isFromHere, mayLook, type StudioAccess } from './let-in.ts';
import { inboxPage, messagePage } from './pages/inbox.ts';
import { journeyPage } from './pages/journey.ts';
import { journeysPage } from './pages/journeys.ts';
import { peoplePage } from './pages/people.ts';
import { personPage } from './pages/person.ts';
import { plansPage } from './pages/plans.ts';
import { salesPage } from './pages/sales.ts';
import { templatePage, templatesPage } from './pages/templates.ts';
import { trafficPart } from './pages/traffic.ts';
import { journeyPath, link, personPath } from './parts.ts';

/** A form holds an id or two. */
const MAX_BYTES = 4_096;
const DEFAULT_DAYS = 90;
const MOST_DAYS = 3_650;

export const studioPages =
  (access: StudioAccess) =>
  (world: World, letIn: ReceiveOptions): Hono => {
    const app = new Hono();
    app.get('/studio.css', (context) => asset(context, 'studio.css'));
    app.get('/studio.js', (context) => asset(context, 'studio.js'));
    app.use('*', mayLook(letIn, access));
    addJourneys(app, world);
    addPeople(app, world, access);
    addMessages(app, world);
    app.get('/sales', async (context) => {
      return page(context, { title: 'Sales', section: 'Sales', content: await salesPage(world) });
    });
    app.get('/plans', async (context) => {
      const { a, b } = context.req.query();
      const content = await plansPage(world, { a, b });
      return page(context, { title: 'Plans', section: 'Plans', content });
    });
    app.get('*', (context) => notFound(context, 'Journeys', 'There is no such page.'));
    return app;
  };

function addJourneys(app: Hono, world: World): void {
  const planIn = (context: Context): Plan | undefined =>
    world.project.plans.get(context.req.param('journey') ?? '');
  const unknown = (context: Context) =>
    notFound(context, 'Journeys', 'The project has no such journey.');
  app.get('/', async (context) => {
    const content = await journeysPage(world);
    return page(context, { title: 'Journeys', section: 'Journeys', content });
  });
  app.get('/traffic', async (context) => {
    const content = await trafficPart(world, [...world.project.plans.keys()]);
    if (context.req.header('sec-fetch-mode') !== 'navigate') return part(context, content);
    const alone = html`<div class="card">${content}</div>`;
    return page(context, { title: 'Messages a day', section: 'Journeys', content: alone });
  });
  app.get('/journeys/:journey', async (context) => {
    const plan = planIn(context);
    if (plan === undefined) return unknown(context);
    const { step, days, as } = context.req.query();
    const content = await journeyPage(world, plan, {
      step,
      days: wholeIn(days, DEFAULT_DAYS, MOST_DAYS),
      as: as === 'graph' ? 'graph' : 'calendar',
    });
    return page(context, { title: plan.id, section: 'Journeys', content });
  });
  app.get('/journeys/:journey/traffic', async (context) => {
    const plan = planIn(context);
    if (plan === undefined) return unknown(context);
    const content = await trafficPart(world, [plan.id]);
    if (context.req.header('sec-fetch-mode') !== 'navigate') return part(context, content);
    const back = html`<p>${link(journeyPath(plan.id), plan.id)}</p>
      <div class="card">${content}</div>`;
    return page(context, { title: plan.id, section: 'Journeys', content: back });
  });
}

function addPeople(app: Hono, world: World, access: StudioAccess): void {
  const { mayAct, mayLeap = false } = access;
  const section: Section = 'People';
  const unknown = (context: Context) =>
    notFound(context, section, 'Nobody is known by that user id, e-mail address or anonymous id.');
  app.get('/people', async (context) => {
    const { journey, step, stage, status, after } = context.req.query();
    const content = await peoplePage(world, {
      journey: journey || undefined,
      step: step || undefined,
      stage: stage || undefined,
      status: status !== undefined && isRunStatus(status) ? status : undefined,
      after: after || undefined,
    });
    return page(context, { title: 'People', section, content });
  });
  app.get('/find', async (context) => {
    const who = context.req.query('who') ?? '';
    const found = await world.store.transaction((tx) => findPerson(tx, who));
    return found === undefined
      ? unknown(context)
      : context.redirect(`${ROOT}${personPath(found.person.id)}`);
  });
  app.get('/people/:who', async (context) => {
    const view = await personView(world, context.req.param('who'));
    if (view === undefined) return unknown(context);
    const content = personPage(world, view, await forecast(world, view.id), access);
    return page(context, { title: view.name, section, content });
  });
  app.use('*', bodyLimit({ maxSize: MAX_BYTES }));
  const acting =
    (act: (person: string, form: Form) => Promise<unknown>, may = mayAct) =>
    async (context: Context) => {
      if (!may || !isFromHere(context)) return context.text('Not allowed here.', 403);
      const who = context.req.param('who') ?? '';
      const found = await world.store.transaction((tx) => findPerson(tx, who));
      if (found === undefined) return unknown(context);
      await act(found.person.id, await formIn(context));
      return context.redirect(`${ROOT}${personPath(found.person.id)}`, 303);
    };
  app.post(
    '/people/:who/end',
    acting((person, { journey }) => endRuns(world, person, { journey })),
  );
  app.post(
    '/people/:who/leap',
    acting((person) => leapRuns(world, person), mayAct && mayLeap),
  );
  app.post(
    '/people/:who/retry',
    acting(async (_, { journey = '', run = '' }) => retryRuns(world, journey, [run])),
  );
}

type Form = { readonly [field: string]: string | undefined };

async function formIn(context: Context): Promise<Form> {
  const fields = Object.entries(await context.req.parseBody());
  return Object.fromEntries(
    fields.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function addMessages(app: Hono, world: World): void {
  app.get('/inbox', async (context) => {
    const content = await inboxPage(world, context.req.query('after') || undefined);
    return page(context, { title: 'Inbox', section: 'Inbox', content });
  });
  app.get('/inbox/:id', async (context) => {
    const message = await deliveredBy(world, context.req.param('id'));
    if (message === undefined) return notFound(context, 'Inbox', 'There is no such message.');
    const content = messagePage(message, isPhone(context));
    return page(context, {
      title: textIn(message.content, 'subject') ?? 'Message',
      section: 'Inbox',
      content,
    });
  });
  app.get('/inbox/:id/html', async (context) => {
    const message = await deliveredBy(world, context.req.param('id'));
    return framed(context, withLinksOutside((message && textIn(message.content, 'html')) ?? ''));
  });
  app.get('/templates', (context) =>
    page(context, { title: 'Templates', section: 'Templates', content: templatesPage(world) }),
  );
  app.get('/templates/:id', async (context) => {
    const [id, who] = [context.req.param('id'), context.req.query('who') || undefined];
    const shown = await preview(world, id, who);
    if (shown === undefined)
      return notFound(context, 'Templates', 'No such template, or nobody of that name.');
    const content = templatePage(id, shown, { who, isPhone: isPhone(context) });
    return page(context, { title: id, section: 'Templates', content });
  });
  app.get('/templates/:id/html', async (context) => {
    const shown = await preview(
      world,
      context.req.param('id'),
      context.req.query('who') || undefined,
    );
    return framed(
      context,
      shown !== undefined && 'email' in shown ? withLinksOutside(shown.email.html) : '',
    );
  });
}

const isPhone = (context: Context): boolean => context.req.query('width') === 'phone';

/** Links open in a tab of their own, where they work as they would for the lead. */
const withLinksOutside = (markup: string): string => `${markup}<base target="_blank">`;

function wholeIn(text: string | undefined, otherwise: number, most: number): number {
  const value = /^\d{1,6}$/.test(text ?? '') ? Number(text) : otherwise;
  return value >= 1 && value <= most ? value : otherwise;
}
