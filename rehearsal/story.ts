/** A story: what a journey did with a person, read from the ledger; the same whichever host played it. */
import { formatLocal } from '../dsl/calendar/wall-clock.ts';
import { systemEvents } from '../dsl/system-events.ts';
import type { Instant, JsonObject, StepId } from '../dsl/plan.ts';
import { groupBy } from '../store/group-by.ts';
import { isUnderWay, type RunStatus } from '../engine/run.ts';
import type { Store } from '../store/store.ts';
import { emailsOf, type StoryEmail } from './story-emails.ts';
import {
  type Decision,
  type Enrolment,
  decisions as ledger,
  enrolments as runs,
  type EventRow,
  events,
  merged,
  messages,
} from '../store/tables/index.ts';

export interface StoryLine {
  readonly at: Instant;
  readonly journey: string;
  /** `email intro`, `skipped call check-in: no phone`, `end: goal`. */
  readonly text: string;
}

/** A way out that was taken of a step with several. */
export interface StoryWay {
  readonly at: Instant;
  readonly journey: string;
  /** The step's id, and its way: `if:score>70`, `yes`. */
  readonly step: StepId;
  readonly outcome: string;
  /** What was looked at: `{ score: 82 }`. */
  readonly looked: JsonObject | null;
}

export interface Story {
  readonly person: string;
  readonly zone: string;
  readonly lines: readonly StoryLine[];
  /** What the lead got by e-mail, in order. */
  readonly emails: readonly StoryEmail[];
  /** Why it went as it did, in order. */
  readonly ways: readonly StoryWay[];
  /** How the run stands, or how it ended; undefined where the person never entered. */
  readonly status: RunStatus | undefined;
  /** Local dates and texts, a line each; the last ones say where runs stand that have not ended. */
  toString(): string;
}

/** Tells the stories of people; lines of journeys other than `main` carry the journey's id. */
export async function tellStories(
  store: Store,
  people: readonly { readonly id: string; readonly zone: string }[],
  main: string,
): Promise<Story[]> {
  const nowOf = await whoTheyAre(store, people);
  const ids = people.map(({ id }) => nowOf(id));
  const [decisions, answers, enrolments, sent] = await store.transaction(async (tx) => [
    await tx.find(ledger, { person: ids }),
    await tx.find(events, { person: ids, name: systemEvents.handoffAnswered }),
    await tx.find(runs, { person: ids }),
    await tx.find(messages, { person: ids }),
  ]);
  const messagesOf = groupBy(sent, ({ person }) => person);
  const decided = groupBy(decisions, ({ person }) => person);
  const answered = groupBy(answers, ({ person }) => person);
  const runsOf = groupBy(enrolments, ({ person }) => person);
  return people.map(({ id: name, zone }) => {
    const id = nowOf(name);
    const own = decided.get(id) ?? [];
    const lines = own.flatMap((row, order) => lineOf(row, order));
    for (const row of answered.get(id) ?? []) lines.push(answerLine(row, own));
    lines.sort((a, b) => a.at - b.at || a.order - b.order);
    const run = runsOf.get(id)?.findLast(({ journey }) => journey === main);
    return {
      person: name,
      zone,
      lines,
      emails: emailsOf(messagesOf.get(id) ?? []),
      ways: own.flatMap(wayOf),
      status: run?.status,
      toString: () =>
        [...lines, ...(runsOf.get(id) ?? []).flatMap(unended)]
          .map((line) => print(line, zone, main))
          .join('\n'),
    };
  });
}

/** Some may have turned out to be a visitor who was there before them. */
async function whoTheyAre(
  store: Store,
  people: readonly { readonly id: string }[],
): Promise<(id: string) => string> {
  const rows = await store.transaction((tx) => tx.find(merged, { id: people.map(({ id }) => id) }));
  const now = new Map(rows.map(({ id, into }) => [id, into]));
  return (id) => now.get(id) ?? id;
}

const wayOf = ({ at, journey, step, verdict, outcome, looked }: Decision): StoryWay[] =>
  verdict === 'way' && outcome !== null ? [{ at, journey, step, outcome, looked }] : [];

/** Where it was left: by an error, or because it waits for longer than stories are. */
function unended(run: Enrolment): StoryLine[] {
  if (!isUnderWay(run.status)) return [];
  const { journey, since: at, status, step, error } = run;
  const where = step ? ` at ${step}` : '';
  const text = status === 'parked' ? `parked${where}: ${error}` : `still${where}`;
  return [{ at, journey, text }];
}

type OrderedLine = StoryLine & { readonly order: number };

function lineOf(row: Decision, order: number): OrderedLine[] {
  const text = textOf(row);
  return text === undefined ? [] : [{ at: row.at, journey: row.journey, text, order }];
}

/** Deferrals show as the later touch, leaving as the end that follows, ways as what was done on them. */
function textOf({ verdict, what, reason }: Decision): string | undefined {
  switch (verdict) {
    case 'send':
    case 'done':
      return what;
    case 'skip':
      return `skipped ${what}: ${reason}`;
    case 'refuse':
      return `not entered: ${reason}`;
    case 'end':
      return `end: ${reason}`;
    case 'defer':
    case 'way':
    case 'ran':
    case 'leave':
    case 'enter':
      return undefined;
  }
}

/** Stands before whatever the answer caused at its instant, and after what was done before. */
function answerLine({ at, properties }: EventRow, decisions: readonly Decision[]): OrderedLine {
  const journey = decisions.find(({ run }) => run === properties['run'])?.journey ?? '';
  const answer = properties['answer'];
  return { at, journey, text: `sales: ${typeof answer === 'string' ? answer : '?'}`, order: -1 };
}

const print = (line: StoryLine, zone: string, main: string): string =>
  `${formatLocal(line.at, zone)}  ${line.journey === main ? '' : `${line.journey}: `}${line.text}`;
