/** Where sales answers a handoff: a page with three buttons, and the same by API. Run ids cannot be guessed. */
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { recordBehaviour } from '../activities/behaviour/record-behaviour.ts';
import type { World } from '../activities/world.ts';
import {
  HandoffAnswered,
  SALES_ANSWERS,
  type SalesAnswer,
  systemEvents,
} from '../dsl/system-events.ts';
import { html, type Html } from '../dsl/html.ts';
import { prepareScore } from '../dsl/scoring/score-lead.ts';
import type { Plan } from '../dsl/plan.ts';
import { isUnderWay } from '../engine/run.ts';
import { stepKind } from '../dsl/steps/index.ts';
import { enrolments, events, people } from '../store/tables/index.ts';
import { page } from './page.ts';
import { malformed } from './refusals.ts';

const SOURCE = 'sales';
const LABELS: Readonly<Record<SalesAnswer, string>> = {
  yes: 'Yes, I take this lead',
  maybe: 'Not now',
  never: 'Never',
};
/** An answer is a word. */
const MAX_BYTES = 4_096;

export function handoffRoutes(world: World): Hono {
  const app = new Hono();
  app.get('/:run/:step', async (context) => {
    const { run, step } = context.req.param();
    const handoff = await findHandoff(world, run, step);
    if (handoff === undefined) return notFound(context);
    const given = await firstAnswer(world, handoff.person, `${run}/${step}`);
    if (given !== undefined) return answered(context, given);
    if (!handoff.isOpen) return closed(context);
    const buttons = SALES_ANSWERS.map(
      (answer) => html`<button name="answer" value="${answer}">${LABELS[answer]}</button>`,
    );
    const lead = await leadOf(world, handoff.person);
    const form = html`<form method="post">${buttons}</form>`;
    return page(context, 'Will you take this lead?', html`${lead}${form}`);
  });
  app.use('*', bodyLimit({ maxSize: MAX_BYTES }));
  app.post('/:run/:step', async (context) => {
    const { run, step } = context.req.param();
    const answer = await answerIn(context);
    if (answer === undefined) {
      const expected = `one of ${SALES_ANSWERS.join(', ')}`;
      return malformed(context, [{ path: 'answer', expected, received: 'none of them' }]);
    }
    const handoff = await findHandoff(world, run, step);
    if (handoff === undefined) return notFound(context);
    const { person } = handoff;
    const id = `${run}/${step}`;
    if (!handoff.isOpen) {
      const given = await firstAnswer(world, person, id);
      return given === undefined ? closed(context) : settled(context, given, false);
    }
    const { recorded } = await recordBehaviour(world, [
      {
        type: 'track',
        source: SOURCE,
        id,
        name: HandoffAnswered.name,
        at: world.clock(),
        person,
        properties: { run, step, answer },
      },
    ]);
    const first = recorded === 1 ? answer : ((await firstAnswer(world, person, id)) ?? answer);
    return settled(context, first, recorded === 1);
  });
  return app;
}

const SHOWN_REASONS = 5;

/** Who it is, and how ready, with the reasons that count most. */
async function leadOf(world: World, person: string): Promise<Html> {
  const { profile, done } = await world.store.transaction(async (tx) => ({
    profile: (await tx.find(people, { id: person }))[0]?.profile ?? {},
    done: await tx.find(events, { person }),
  }));
  const who = ['name', 'role', 'company', 'email', 'phone'].flatMap((field) => {
    const value = profile[field];
    return typeof value === 'string' ? [value] : [];
  });
  const model = world.project.config.scoring;
  const score = model && prepareScore(model, { profile, behaviour: done })(world.clock());
  const reasons = (score?.because ?? []).slice(0, SHOWN_REASONS);
  return html`<p>${who.join(', ')}</p>
    ${
      score === undefined
        ? ''
        : html`<p>Score ${Math.round(score.total)}</p>
            <ul>
              ${reasons.map(
                ({ rule, points }) =>
                  html`<li>${points > 0 ? '+' : ''}${Math.round(points)} ${rule}</li>`,
              )}
            </ul>`
    }`;
}

interface Handoff {
  readonly person: string;
  /** An answer still counts: the run waits for it, or was merged and it counts for the one that goes on. */
  readonly isOpen: boolean;
}

/** Undefined where no such run has such a handoff. */
async function findHandoff(world: World, run: string, step: string): Promise<Handoff | undefined> {
  const [enrolment] = await world.store.transaction((tx) => tx.find(enrolments, { id: run }));
  if (enrolment === undefined) return undefined;
  const { person, status } = enrolment;
  const plan = world.plan(enrolment.plan);
  if (plan !== undefined && !isHandoff(plan, step)) return undefined;
  const isWaiting = isUnderWay(status) && enrolment.step === step;
  return { person, isOpen: isWaiting || status === 'merged' };
}

/** A step that listens to what sales answers. */
function isHandoff({ nodes }: Plan, step: string): boolean {
  const node = Object.hasOwn(nodes, step) ? nodes[step] : undefined;
  return (
    node !== undefined && stepKind(node.kind).hears?.includes(systemEvents.handoffAnswered) === true
  );
}

async function firstAnswer(world: World, person: string, id: string): Promise<string | undefined> {
  const answers = await world.store.transaction((tx) =>
    tx.find(events, { person, name: systemEvents.handoffAnswered }),
  );
  const answer = answers.find((row) => row.source === SOURCE && row.id === id)?.properties[
    'answer'
  ];
  return typeof answer === 'string' ? answer : undefined;
}

async function answerIn(context: Context): Promise<SalesAnswer | undefined> {
  const isJson = context.req.header('content-type')?.includes('json') ?? false;
  const body: unknown = await (isJson ? context.req.json() : context.req.parseBody()).catch(
    () => undefined,
  );
  const answer: unknown =
    typeof body === 'object' && body !== null && 'answer' in body ? body.answer : undefined;
  return SALES_ANSWERS.find((each) => each === answer);
}

const wantsJson = (context: Context): boolean =>
  !(context.req.header('accept')?.includes('text/html') ?? false);

const answered = (context: Context, answer: string): Response =>
  page(context, 'Thank you', html`<p>Your answer is: ${answer}.</p>`);

const settled = (context: Context, answer: string, isNew: boolean): Response =>
  wantsJson(context)
    ? context.json({ answer, recorded: isNew }, isNew ? 202 : 200)
    : answered(context, answer);

const closed = (context: Context): Response =>
  wantsJson(context)
    ? context.json(
        {
          error: 'closed',
          fix: 'Nothing was recorded: the journey has gone on without an answer.',
          expected: 'a run that waits in this handoff',
        },
        409,
      )
    : page(
        context,
        'Too late',
        html`<p>The journey has gone on without an answer. This lead no longer waits for one.</p>`,
        409,
      );

const notFound = (context: Context): Response =>
  wantsJson(context)
    ? context.json({ error: 'not-found', expected: 'the run and step of a handoff' }, 404)
    : page(context, 'Not found', html`<p>There is no such handoff.</p>`, 404);
