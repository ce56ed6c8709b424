/** The lines of somebody's story with all that is known of each: what the ledger decided, and what they did. */
import type { Instant, Json, JsonObject, StepId } from '../dsl/plan.ts';
import type { Decision, EventRow, Message } from '../store/tables/index.ts';

/** What a line tells: something that reached them, that did not, that the journey did, or that they did. */
export type EntryKind =
  'entered' | 'refused' | 'sent' | 'skipped' | 'waits' | 'did' | 'way' | 'ended' | 'behaviour';

export interface StoryEntry {
  readonly at: Instant;
  readonly kind: EntryKind;
  /** Null: outside any journey. */
  readonly journey: string | null;
  readonly run: string | null;
  readonly step: StepId | null;
  /** `email introduction`, `pricing viewed`. */
  readonly what: string;
  /** Why, where that says more: `no consent to nurture`, `yes (score 82)`. */
  readonly reason: string | null;
  /** The key of the message, where one was let through. */
  readonly message: string | null;
  /** What became of that message: `sent`, `refused: invalid-address`. */
  readonly outcome: string | null;
  /** Of behaviour. */
  readonly properties?: JsonObject;
}

/** Null: another line says it better. */
const KIND_OF: { readonly [V in Decision['verdict']]: EntryKind | null } = {
  send: 'sent',
  skip: 'skipped',
  defer: 'waits',
  done: 'did',
  ran: 'did',
  way: 'way',
  enter: 'entered',
  refuse: 'refused',
  end: 'ended',
  leave: null,
};

/** Nothing for rows that another line says better. */
export function entryOfDecision(
  row: Decision,
  messageOf: (run: string, step: StepId) => Message | undefined,
): StoryEntry[] {
  const kind = KIND_OF[row.verdict];
  if (kind === null || (row.verdict === 'way' && row.outcome === 'done')) return [];
  const message = row.verdict === 'send' ? messageOf(row.run, row.step) : undefined;
  return [
    {
      at: row.at,
      kind,
      journey: row.journey,
      run: row.run || null,
      step: row.step || null,
      what: row.verdict === 'enter' || row.verdict === 'refuse' ? row.journey : row.what,
      reason: reasonOf(row),
      message: message?.key ?? null,
      outcome: message === undefined ? null : outcomeOf(message),
    },
  ];
}

const reasonOf = ({ verdict, outcome, reason, looked }: Decision): string | null =>
  verdict === 'way' ? [outcome, lookedAt(looked)].filter(Boolean).join(' ') : reason;

/** What says something: not what was not there, nor when it was or under which id, which the ledger has. */
function lookedAt(looked: JsonObject | null): string {
  const said = Object.entries(looked ?? {}).flatMap(([name, value]) =>
    value === null || name === 'id' || isInstant(value) ? [] : [`${name} ${printed(value)}`],
  );
  // Stores keep names in orders of their own.
  return said.length === 0 ? '' : `(${said.toSorted(compare).join(', ')})`;
}

const isInstant = (value: Json): boolean => typeof value === 'number' && value > 1e11;
const printed = (value: Json): string => {
  if (typeof value === 'number') return String(Math.round(value * 10) / 10);
  return typeof value === 'string' ? value : JSON.stringify(value);
};
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const outcomeOf = ({ status, code }: Message): string =>
  code === null ? status : `${status}: ${code}`;

export const entryOfEvent = ({
  at,
  originalName,
  properties,
  suspectedBot,
}: EventRow): StoryEntry => ({
  at,
  kind: 'behaviour',
  journey: null,
  run: null,
  step: null,
  what: originalName,
  reason: suspectedBot ? 'a machine, probably: counts for nothing' : null,
  message: null,
  outcome: null,
  properties,
});
