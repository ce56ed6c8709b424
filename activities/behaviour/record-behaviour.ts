/**
 * The one transaction behind ingest: who it is, what they did, what it forbids, whom it wakes and where
 * it brings them in. All of it or nothing. Events are added first: only what was new has effects.
 */
import type { Instant } from '../../dsl/plan.ts';
import { systemEvents } from '../../dsl/system-events.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Transaction } from '../../store/store.ts';
import {
  consents,
  identities,
  people as everybody,
  suppressions,
} from '../../store/tables/index.ts';
import type { Context } from '../context.ts';
import { enrol, type EntryAnswer } from '../entry/enrol.ts';
import { loadPasts } from '../past/load-pasts.ts';
import type { World } from '../world.ts';
import { addEvents, RepeatedItems } from './add-events.ts';
import { applyItems, type Change, isIdentified, type NewItem } from './apply-items.ts';
import {
  type BehaviourItem,
  itemKey,
  type KnownBehaviour,
  type KnownTraits,
} from './behaviour-item.ts';
import { entriesAmong, entryCandidates, looksOf } from './enter-journeys.ts';
import { findPeople } from './find-people.ts';
import type { FormerPeople } from './former-people.ts';
import type { Joining } from './join-people.ts';
import { mergeAll } from './merge-leads.ts';
import { keepLateOptOuts } from './keep-opt-outs.ts';
import { keepMisfits } from './keep-misfits.ts';
import type { Misfit } from './misfits.ts';
import { permissionsFrom } from './permissions-from.ts';
import { type Resolution, resolvePeople } from './resolve-people.ts';
import { wakeRuns } from './wake-runs.ts';
import type { KnownPeople } from './who-is-who.ts';

export interface RecordOptions {
  /** The past, brought in from elsewhere: it is recorded and scored, but wakes and enters nobody. */
  readonly history?: boolean;
}

export interface RecordResult {
  /** Events that were new. */
  readonly recorded: number;
  /** Items that were known already. */
  readonly duplicates: number;
  /** Identifications that were new. */
  readonly identified: number;
  readonly entered: number;
  readonly refused: number;
  /** What did not fit of what was new, and was kept aside. Left out: everything fitted. */
  readonly warnings?: readonly Warning[];
}

export interface Warning extends Misfit {
  /** Place among the items. */
  readonly item: number;
}

/** Records what people did, in one transaction. Set-based: give it batches. A repeated item has no effect at all. */
export async function recordBehaviour(
  world: Context & Pick<World, 'store'>,
  items: readonly BehaviourItem[],
  options: RecordOptions = {},
): Promise<RecordResult> {
  return resultOf(items, await recordAll(world, items, options));
}

/** The same for several senders in one transaction: answers with the result of each. */
export async function recordForEach(
  world: Context & Pick<World, 'store'>,
  all: readonly (readonly BehaviourItem[])[],
): Promise<readonly RecordResult[]> {
  const recorded = await recordAll(world, all.flat(), {});
  return all.map((items) => resultOf(items, recorded));
}

async function recordAll(
  world: Context & Pick<World, 'store'>,
  items: readonly BehaviourItem[],
  options: RecordOptions,
): Promise<Recorded> {
  let fresh = items;
  for (;;) {
    try {
      return await world.store.transaction((tx) => record(world, tx, fresh, options));
    } catch (error) {
      if (!(error instanceof RepeatedItems)) throw error;
      const { keys } = error;
      fresh = fresh.filter((item) => !keys.has(itemKey(item)));
    }
  }
}

/**
 * As `recordBehaviour`, inside the caller's transaction: for lanes and effects, whose outcomes and what
 * they caused are recorded together. Only people whom the store knows, so nobody is made or merged.
 */
export const recordKnownBehaviour = async (
  context: Context,
  tx: Transaction,
  items: readonly (KnownBehaviour | KnownTraits)[],
): Promise<RecordResult> => resultOf(items, await record(context, tx, items, {}));

interface Recorded {
  /** Items that were new. */
  readonly added: ReadonlySet<BehaviourItem>;
  /** Items about somebody who does not exist. */
  readonly unknown: ReadonlySet<BehaviourItem>;
  /** On entries, by the key of the item that brought somebody in. */
  readonly verdicts: ReadonlyMap<string, readonly EntryAnswer['verdict'][]>;
  /** By the key of the item. */
  readonly misfits: ReadonlyMap<string, readonly Misfit[]>;
}

const NOTHING: Recorded = {
  added: new Set(),
  unknown: new Set(),
  verdicts: new Map(),
  misfits: new Map(),
};

/** @throws RepeatedItems to be tried again in a new transaction without those it names. */
async function record(
  context: Context,
  tx: Transaction,
  given: readonly BehaviourItem[],
  { history = false }: RecordOptions,
): Promise<Recorded> {
  const items = [
    ...new Map(given.toReversed().map((item) => [itemKey(item), item])).values(),
  ].reverse();
  if (items.length === 0) return NOTHING;
  const known = await findPeople(tx, items);
  const resolution = resolvePeople(items, known, context.newId);
  const added = await addEvents(tx, items, resolution, context.clock());
  const unknown = new Set(items.filter((_, i) => resolution.personOf[i] === undefined));
  if (added.length === 0) return { ...NOTHING, unknown };
  const former = await mergeAll(context, tx, known, added);
  const changes = await writePeople(context, tx, known, resolution, added, former);
  const verdicts = history ? new Map() : await consequences(context, tx, changes, former);
  const misfits = await keepMisfits(context, tx, added);
  return { added: new Set(added.map(({ item }) => item)), unknown, verdicts, misfits };
}

/** People, their identities, and what they allow. */
async function writePeople(
  { project }: Context,
  tx: Transaction,
  known: KnownPeople,
  { created, identities: shown }: Resolution,
  added: readonly NewItem[],
  former: FormerPeople,
): Promise<readonly Change[]> {
  if (shown.length > 0) await tx.add(identities, shown);
  const isNew = new Set(created.map(({ id }) => id));
  const identified = added.filter(({ row }) => isIdentified(row) && !isNew.has(row.person));
  // What was said before all that is new of a person changes nothing of it.
  const since = new Map<string, Instant>();
  for (const { row } of identified)
    since.set(row.person, Math.min(since.get(row.person) ?? Infinity, row.at));
  const spans = [...since].map(([person, at]) => ({ person, after: at - 1 }));
  const traits = await tx.findBehaviour(spans, [systemEvents.identified]);
  const { changes, people } = applyItems(
    added,
    known.people,
    created,
    groupBy(traits, ({ person }) => person),
    { project, ...joiningOf(known, former) },
  );
  if (people.length > 0) await tx.add(everybody, people);
  const allowed = permissionsFrom(changes.map(({ row }) => row));
  const said = await keepLateOptOuts(tx, allowed.consents);
  if (said.length > 0) await tx.add(consents, said);
  if (allowed.suppressions.length > 0) await tx.add(suppressions, allowed.suppressions);
  return changes;
}

function joiningOf(
  { identities: shown }: KnownPeople,
  former: FormerPeople,
): Omit<Joining, 'project'> {
  const leads = new Set(shown.flatMap(({ kind, person }) => (kind === 'anonymous' ? [] : person)));
  const two = [...former.values()].flat();
  return {
    isLead: (id) => leads.has(id),
    zoneSaidAt: new Map(two.map(({ id, zoneSaidAt }) => [id, zoneSaidAt])),
  };
}

/** Entries and signals. Answers with the verdicts on entries, by what brought them about. */
async function consequences(
  context: Context,
  tx: Transaction,
  changes: readonly Change[],
  former: FormerPeople,
): Promise<Recorded['verdicts']> {
  const { project } = context;
  const candidates = entryCandidates(project, changes);
  const asked = new Set(
    candidates.flatMap(({ asksFacts, change }) => (asksFacts ? [change.row.person] : [])),
  );
  const people = [...asked].map((person) => ({ person }));
  const pastOf = await loadPasts(tx, looksOf(project, candidates), people);
  const pasts = new Map(people.map(({ person }) => [person, pastOf(person)]));
  const requests = await entriesAmong(project, candidates, changes, pasts, former);
  const answers = requests.length === 0 ? [] : await enrol(context, tx, requests);
  const begun = answers.flatMap((answer, i) =>
    answer.verdict === 'enter' ? [`${requests[i]?.cause}/${answer.run}`] : [],
  );
  await wakeRuns(context, tx, changes, new Set(begun));
  const caused = answers.map(({ verdict }, i) => ({ verdict, by: requests[i]?.cause ?? '' }));
  return new Map(
    [...groupBy(caused, ({ by }) => by)].map(([by, own]) => [by, own.map((each) => each.verdict)]),
  );
}

function resultOf(
  items: readonly BehaviourItem[],
  { added, unknown, verdicts: all, misfits }: Recorded,
): RecordResult {
  const mine = [...new Set(items)].filter((item) => added.has(item));
  const ofNobody = items.filter((item) => unknown.has(item));
  const identified = mine.filter(({ type }) => type === 'identify').length;
  const odd = mine.flatMap((item) =>
    (misfits.get(itemKey(item)) ?? []).map((each) => ({ item: items.indexOf(item), ...each })),
  );
  const verdicts = mine.flatMap((item) => all.get(itemKey(item)) ?? []);
  return {
    recorded: mine.length - identified,
    duplicates: items.length - mine.length - ofNobody.length,
    identified,
    entered: verdicts.filter((verdict) => verdict === 'enter').length,
    refused: verdicts.filter((verdict) => verdict === 'refuse').length,
    ...(odd.length === 0 ? {} : { warnings: odd }),
  };
}
