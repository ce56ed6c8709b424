/** The project that a scenario describes, as an author would have written it. */
import * as z from 'zod';
import {
  always,
  callTask,
  type Condition,
  composeProject,
  days,
  email,
  type EmailContext,
  enrolIn,
  event,
  handoffToSales,
  hours,
  html,
  type Journey,
  journey,
  lead,
  minutes,
  never,
  not,
  notify,
  onDay,
  owner,
  points,
  type Project,
  score,
  scoring,
  sendEmail,
  setStage,
  type Step,
  step,
  until,
  waitDays,
  waitFor,
  waitHours,
  webhook,
  when,
} from '../../dsl/index.ts';
import {
  type ConditionSpec,
  ENTERED_BY,
  EVENTS,
  EXIT,
  GOAL,
  type JourneySpec,
  type Scenario,
  type StepSpec,
} from './scenario.ts';

export const TOPIC = 'nurture';

const Lead = lead(
  z.object({
    name: z.string(),
    email: z.email().optional(),
    phone: z.string().optional(),
    timezone: z.string().optional(),
    tier: z.enum(['silver', 'gold']).optional(),
    stage: z.string().optional(),
  }),
);
type Profile = z.output<(typeof Lead)['schema']>;
type AnyStep = Step<Profile & { name: string }>;

/** Points of each event, which halve in so many days. */
export const POINTS = { 'a happened': 20, 'b happened': 35, 'c happened': -10 } as const;
export const HALF_LIFE_DAYS = 4;

const model = scoring({
  engagement: EVENTS.map((name) =>
    points(POINTS[name], { on: event(name), halfLife: days(HALF_LIFE_DAYS) }),
  ),
});

/** @param ownCode what own steps do; it may throw. */
export function projectOf(
  { journeys, settings }: Scenario,
  ownCode: (key: string) => void,
): Project {
  const { cap, spreadMinutes, cohortSize } = settings;
  return composeProject({
    journeys: journeys.map((spec) => journeyOf(spec, cohortSize, ownCode)),
    lead: Lead,
    scoring: model,
    brand: { name: 'Sol', email: 'hola@sol.example', postalAddress: 'Calle 1, Madrid' },
    team: [{ id: 'marta', name: 'Marta', email: 'marta@sol.example' }],
    assignOwner: ['marta'],
    topics: { [TOPIC]: { consent: 'opt-out' } },
    spread: minutes(spreadMinutes),
    ...(cap === undefined
      ? {}
      : {
          caps: [
            {
              channel: 'email',
              class: 'marketing',
              atMost: cap.atMost,
              per: days(cap.days),
              outcome: cap.outcome,
            },
          ],
        }),
  });
}

function journeyOf(
  { id, steps, hasGoal, hasExit, window, comesAgain }: JourneySpec,
  cohortSize: number,
  ownCode: (key: string) => void,
): Journey {
  const rules = {
    lead: Lead,
    cohortSize,
    reenter: comesAgain ? always : never,
    ...(id === 'main' ? { enter: event(ENTERED_BY) } : {}),
    ...(hasGoal ? { goal: event(GOAL) } : {}),
    ...(hasExit ? { exit: event(EXIT) } : {}),
    ...(window === undefined ? {} : { sendWindow: window }),
  };
  // A project holds journeys of many leads; this one's are all of the model above.
  return journey(
    id,
    rules,
    steps.map((each) => stepOf(each, ownCode)),
  ) as unknown as Journey;
}

function stepOf(spec: StepSpec, ownCode: (key: string) => void): AnyStep {
  const all = (steps: readonly StepSpec[]) => steps.map((each) => stepOf(each, ownCode));
  switch (spec.is) {
    case 'email':
      return sendEmail(letter(spec.id, spec.receipt === true));
    case 'wait':
      return waitHours(spec.hours);
    case 'wait-days':
      return waitDays(spec.days);
    case 'day':
      return onDay(spec.day, sendEmail(letter(spec.email, false)));
    case 'wait-for':
      return waitFor(conditionOf(spec.on), {
        upTo: hours(spec.hours),
        yes: all(spec.yes),
        no: all(spec.no),
        ...(spec.sinceEntry ? { since: 'entry' } : {}),
      });
    case 'until': {
      const ways = { met: all(spec.met), notMet: all(spec.notMet) };
      return until(conditionOf(spec.on), all(spec.steps), ways);
    }
    case 'when':
      return when(conditionOf(spec.on), { yes: all(spec.yes), no: all(spec.no) });
    case 'handoff':
      return handoffToSales({
        to: owner,
        sla: hours(spec.hours),
        yes: all(spec.yes),
        late: all(spec.late),
      });
    case 'stage':
      return setStage(spec.stage);
    case 'own':
      return step(spec.id, ({ key }) => ownCode(key));
    case 'note':
      return notify(owner);
    case 'call':
      return callTask(spec.id, { by: owner });
    case 'webhook':
      return webhook('lead.reached', { to: 'https://hooks.sol.example/in' });
    case 'enrol':
      return enrolIn(spec.journey);
  }
}

function conditionOf(spec: ConditionSpec): Condition<Profile> {
  switch (spec.is) {
    case 'event':
      return event(spec.name);
    case 'happened':
      return event(spec.name).happened({ within: days(spec.days) });
    case 'not-happened':
      return not(event(spec.name).happened({ within: days(spec.days) }));
    case 'score':
      return score.above(spec.above);
    case 'tier':
      return Lead.is({ tier: 'gold' });
  }
}

const letter = (id: string, isReceipt: boolean) =>
  email(id, {
    ...(isReceipt ? { class: 'transactional' as const } : { topic: TOPIC }),
    subject: ({ lead: { name } }: EmailContext<{ name: string }>) => `${id} for ${name}`,
    body: ({ lead: { name } }) => html`<p>Hola ${name}</p>`,
  });
