/**
 * The pasts of people, loaded for a batch: for a long one its latest checkpoint and what came after it, so that
 * nobody's history is read twice from its beginning. The caller has locked these people.
 */
import { meantIn } from '../../dsl/conditions/index.ts';
import type { NamedEvent } from '../../dsl/conditions/named-event.ts';
import type { Instant, JsonObject } from '../../dsl/plan.ts';
import { behaviourRulesOf } from '../../dsl/scoring/model-sums.ts';
import type { ScoringModel } from '../../dsl/scoring/scoring-model.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Transaction } from '../../store/store.ts';
import { type EventRow, pasts, type PastRow } from '../../store/tables/index.ts';
import { condense, isLong } from './condense.ts';
import type { Checkpoint, Past } from './past.ts';

/** What a past is asked for. */
export interface Looks {
  readonly model: ScoringModel | undefined;
  /** The events that conditions mean. */
  readonly meant: readonly NamedEvent[];
}

/** @param from the earliest instant that facts are about. Default: whatever is the latest. */
interface PastAsked {
  readonly person: string;
  readonly from?: Instant;
}

/** What checkpoints answer for: rules and events as JSON text, which a database leaves as it is, in the order of their numbers. */
interface Answers {
  readonly rules: readonly string[];
  readonly meant: readonly string[];
}

export interface LoadedPast extends Past {
  /** The events that the start has the latest of, in its order; those that were asked for are among them. */
  readonly meant: readonly NamedEvent[];
}

/** Past these, events that nobody asked for this time are left out: each deployment may have asked for others. */
const MOST_MEANT = 200;
/** An event that comes a little late finds one of these before it. */
const MOST_CHECKPOINTS = 4;

export async function loadPasts(
  tx: Transaction,
  looks: Looks,
  asked: readonly PastAsked[],
): Promise<(person: string) => LoadedPast> {
  if (asked.length === 0) return () => ({ start: null, rows: [], meant: looks.meant });
  const earliest = new Map<string, Instant>();
  for (const { person, from = Infinity } of asked)
    earliest.set(person, Math.min(earliest.get(person) ?? Infinity, from));
  const kept = await tx.find(pasts, { id: [...earliest.keys()] });
  const rowOf = new Map(kept.map((row) => [row.id, row]));
  const wanted = once(() => answersFor(looks));
  const plain = once(() => allMeant(looks));
  const begun = [...earliest].map(([person, from]) => ({
    person,
    ...beginning(wanted, rowOf.get(person), from),
  }));
  const rows = await tx.findBehaviour(
    begun.map(({ person, start }) => ({ person, after: start?.upTo })),
  );
  const eventsOf = groupBy(rows, ({ person }) => person);
  const longer: PastRow[] = [];
  const loaded = new Map<string, LoadedPast>();
  for (const { person, start, answers, others } of begun) {
    // Written below as the text of such a value.
    const meant = answers?.meant.map((text) => JSON.parse(text) as NamedEvent) ?? plain();
    const past = { start, rows: eventsOf.get(person) ?? [], meant };
    loaded.set(person, past);
    const from = earliest.get(person) ?? Infinity;
    // Where later checkpoints are kept, this is about an instant before them.
    if (!isLong(past) || others.later > 0) continue;
    const next = await condense({ model: looks.model, meant }, past, from);
    if (next === null) continue;
    const checkpoints = [next, ...(start === null ? [] : [start, ...others.earlier])];
    longer.push({
      id: person,
      // Plain data, both of them.
      answers: (answers ?? wanted()) as unknown as JsonObject,
      checkpoints: checkpoints.slice(0, MOST_CHECKPOINTS) as unknown as readonly JsonObject[],
    });
  }
  if (longer.length > 0) await tx.add(pasts, longer);
  return (person) => loaded.get(person) ?? { start: null, rows: [], meant: looks.meant };
}

/**
 * Throws away what late events make wrong.
 *
 * @param late events that were added just now. Whoever adds events calls this.
 */
export async function forgetPasts(tx: Transaction, late: readonly EventRow[]): Promise<void> {
  if (late.length === 0) return;
  const first = new Map<string, Instant>();
  // A store may round an instant down.
  for (const { person, at } of late)
    first.set(person, Math.min(first.get(person) ?? Infinity, Math.floor(at)));
  const kept = await tx.find(pasts, { id: [...first.keys()] });
  const wrong = kept.flatMap((row): PastRow[] => {
    const right = checkpointsIn(row).filter(({ upTo }) => upTo < (first.get(row.id) ?? Infinity));
    return right.length === row.checkpoints.length
      ? []
      : [{ ...row, checkpoints: right as unknown as readonly JsonObject[] }];
  });
  if (wrong.length > 0) await tx.add(pasts, wrong);
}

/** Those asked for, and those that scoring's states look at. */
function answersFor(looks: Looks): Answers {
  const { model } = looks;
  return {
    rules: (model === undefined ? [] : behaviourRulesOf(model)).map(
      ({ on, points, halfLifeMs, atMostPerDay = null }) =>
        JSON.stringify([on, points, halfLifeMs, atMostPerDay]),
    ),
    meant: allMeant(looks).map((each) => JSON.stringify(each)),
  };
}

/** Each once. */
function allMeant({ model, meant }: Looks): readonly NamedEvent[] {
  const all = [...meant, ...statesOf(model)];
  return all.length < 2
    ? all
    : [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}

const STATES = new WeakMap<ScoringModel, readonly NamedEvent[]>();

/** What the states of a model mean. */
function statesOf(model: ScoringModel | undefined): readonly NamedEvent[] {
  if (model === undefined) return [];
  const known = STATES.get(model);
  if (known !== undefined) return known;
  const found = meantIn(model.rules.flatMap((rule) => ('while' in rule ? [rule.while] : [])));
  STATES.set(model, found);
  return found;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const eachOnce = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

interface Beginning {
  readonly start: Checkpoint | null;
  /** Undefined: those that are wanted. */
  readonly answers: Answers | undefined;
  readonly others: { readonly later: number; readonly earlier: readonly Checkpoint[] };
}

/** The latest checkpoint that can be gone on from. */
function beginning(wantedNow: () => Answers, row: PastRow | undefined, from: Instant): Beginning {
  const none = { start: null, answers: undefined, others: { later: 0, earlier: [] } };
  if (row === undefined) return none;
  const wanted = wantedNow();
  // Written above.
  const answers = row.answers as unknown as Answers;
  const meant = eachOnce([...answers.meant, ...wanted.meant]);
  const isSame =
    answers.rules.length === wanted.rules.length &&
    answers.rules.every((rule, i) => rule === wanted.rules[i]);
  if (!isSame || meant.length > answers.meant.length)
    return meant.length > MOST_MEANT ? none : { ...none, answers: { ...wanted, meant } };
  const all = checkpointsIn(row);
  const later = all.findIndex(({ upTo }) => upTo <= from);
  const [start = null, ...earlier] = later === -1 ? [] : all.slice(later);
  return { start, answers, others: { later: later === -1 ? all.length : later, earlier } };
}

/** Written above. */
const checkpointsIn = ({ checkpoints }: PastRow): readonly Checkpoint[] =>
  checkpoints as unknown as readonly Checkpoint[];
