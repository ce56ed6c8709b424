/** What JavaScript lets pass where TypeScript would not is refused with a sentence, and nothing throws otherwise. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import * as cultivo from '../index.ts';
import { composeProject } from '../project.ts';

/** As a project in plain JavaScript sees it. */
type Untyped = (...given: unknown[]) => unknown;
const {
  email,
  event,
  handoffToSales,
  html,
  journey,
  lead,
  onDay,
  sendEmail,
  until,
  waitDays,
  waitFor,
  when,
} =
  // Anything may be passed to anything there.
  cultivo as unknown as { readonly [name: string]: Untyped };

const Lead = lead?.(z.object({ name: z.string() }));
const letter = email?.('intro', { topic: 'news', subject: () => '', body: () => html?.(['']) });
const Demo = event?.('Demo');
const of = (...steps: unknown[]) => journey?.('a', { lead: Lead }, steps);

test.each([
  [
    'a template',
    () => of(letter),
    'step 1: expected a step, received the template "intro". sendEmail(template) is one.',
  ],
  [
    'an event',
    () => of(waitDays?.(1), Demo),
    'step 2: expected a step, received the event "Demo".',
  ],
  ['nothing', () => of(undefined), 'step 1: expected a step, received nothing.'],
  [
    'a list',
    () => of([waitDays?.(1)]),
    'step 1: expected a step, received a list. Spread it: ...block.',
  ],
  [
    'no list',
    () => journey?.('a', { lead: Lead }, waitDays?.(1)),
    'journey: expected a list of steps, received the step "waitDays".',
  ],
  [
    'no steps',
    () => journey?.('a', { lead: Lead }),
    'journey: expected a list of steps, received nothing.',
  ],
  [
    'no rules',
    () => journey?.('a', [waitDays?.(1)]),
    'journey: expected a lead model, received nothing.',
  ],
  ['no lead', () => journey?.('a', {}, [waitDays?.(1)]), 'journey: expected a lead model'],
  [
    'an event by its name',
    () => journey?.('a', { lead: Lead, enter: 'Demo' }, [waitDays?.(1)]),
    'expected enter to be a condition, received "Demo".',
  ],
  [
    'a template in a branch',
    () => of(when?.(Demo, { yes: [letter] })),
    'step 1 if:demo › yes › step 1: expected a step, received the template "intro".',
  ],
  [
    'no list in a branch',
    () => of(when?.(Demo, { yes: sendEmail?.(letter) })),
    'step 1 if:demo › yes: expected a list of steps',
  ],
  [
    'no list in a block',
    () => of(until?.(Demo, waitDays?.(1))),
    'expected a list of steps, received the step "waitDays".',
  ],
  [
    'a template on a day',
    () => of(onDay?.(3, letter)),
    'expected a step, received the template "intro".',
  ],
  [
    'a template by its name',
    () => of(sendEmail?.('intro')),
    'step 1: expected a template, received "intro".',
  ],
  [
    'no limit',
    () => of(waitFor?.(Demo)),
    'expected upTo of more than 0 and at most two years, received NaN.',
  ],
  [
    'a colleague by their id',
    () => of(handoffToSales?.({ to: 'ana', sla: { ms: 1 } })),
    'expected a value as to, received none.',
  ],
  [
    'marketing without a topic',
    () => of(sendEmail?.(email?.('ad', { subject: () => '', body: () => html?.(['']) }))),
    'expected a topic that leads consent to, received none.',
  ],
])('%s is refused', (_, make, sentence) => {
  // The types of a project in JavaScript are nobody's to check.
  const config = { journeys: [make()] } as unknown as Parameters<typeof composeProject>[0];
  expect(() => composeProject(config)).toThrow(sentence);
});
