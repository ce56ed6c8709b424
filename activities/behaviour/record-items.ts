/** Items into the store, inside a transaction. Events are added first: only what was new has effects. */
import { houseEvents } from '../../dsl/house-events.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Transaction } from '../../store/store.ts';
import { enrol } from '../entry/enrol.ts';
import type { RecordResult } from './record-behaviour.ts';
import type { World } from '../world.ts';
import { applyItems, isIdentified, type NewItem } from './apply-items.ts';
import { itemKey, type BehaviourItem } from './behaviour-item.ts';
import { entriesAmong, entryCandidates, type FormerPerson } from './enter-journeys.ts';
import { addNew } from './add-new.ts';
import { formerPeople } from './former-people.ts';
import { findPeople } from './find-people.ts';
import { mergeLeads } from './merge-leads.ts';
import type { Moment } from './moment.ts';
import { permissionsFrom } from './permissions-from.ts';
import { recordScores } from './record-scores.ts';
import { resolvePeople, type KnownPeople, type Resolution } from './resolve-people.ts';
import { wakeRuns } from './wake-runs.ts';

export interface RecordOptions {
  /** The past, brought in from elsewhere: it is recorded and scored, but wakes and enters nobody. */
  readonly history?: boolean;
}

/** @throws RepeatedItems to be tried again in a new transaction without those it names. */
export async function recordItems(
  world: World,
  tx: Transaction,
  given: readonly BehaviourItem[],
  options: RecordOptions,
): Promise<RecordResult> {
  const items = [
    ...new Map(given.toReversed().map((item) => [itemKey(item), item])).values(),
  ].reverse();
  if (items.length === 0) return result(given.length, [], []);
  const known = await findPeople(tx, items);
  const resolution = resolvePeople(items, known, world.newId);
  const news = await addNew(world, tx, items, resolution);
  const unknown = resolution.personOf.filter((person) => person === undefined).length;
  if (news.length === 0) return result(given.length - unknown, [], []);
  const former = await formerPeople(world, tx, known, news);
  for (const { row, merges } of news) {
    for (const merge of merges) await mergeLeads(tx, merge, row.at);
  }
  if (resolution.identities.length > 0) await tx.putIdentities(resolution.identities);
  const moments = await writePeople(world, tx, known, resolution, news);
  await writePermissions(tx, moments);
  const answers = await consequences(world, tx, moments, former, options);
  return result(given.length - unknown, news, answers);
}

async function writePeople(
  world: World,
  tx: Transaction,
  known: KnownPeople,
  { created }: Resolution,
  news: readonly NewItem[],
): Promise<readonly Moment[]> {
  const isNew = new Set(created.map(({ id }) => id));
  const identified = new Set(
    news.flatMap(({ row }) => (isIdentified(row) && !isNew.has(row.person) ? [row.person] : [])),
  );
  const said =
    identified.size === 0 ? [] : await tx.events([...identified], [houseEvents.identified]);
  const { moments, people } = applyItems(
    news,
    known.people,
    created,
    groupBy(said, ({ person }) => person),
    world.project.config.scoring,
  );
  if (people.length > 0) await tx.putPeople(people);
  return moments;
}

async function writePermissions(tx: Transaction, moments: readonly Moment[]): Promise<void> {
  const { consents, suppressions } = permissionsFrom(moments.map(({ row }) => row));
  if (consents.length > 0) await tx.addConsents(consents);
  if (suppressions.length > 0) await tx.addSuppressions(suppressions);
}

/** Scores, signals and entries. Answers with the verdicts on entries. */
async function consequences(
  world: World,
  tx: Transaction,
  moments: readonly Moment[],
  former: ReadonlyMap<string, readonly FormerPerson[]>,
  { history: isPast = false }: RecordOptions,
): Promise<readonly string[]> {
  const model = world.project.config.scoring;
  const candidates = isPast ? [] : entryCandidates(world, moments);
  const asked = new Set([
    ...moments.filter(({ score }) => score).map(({ row }) => row.person),
    ...candidates.filter(({ asksFacts }) => asksFacts).map(({ moment }) => moment.row.person),
  ]);
  const events = asked.size === 0 ? [] : await tx.events([...asked]);
  const history = groupBy(events, ({ person }) => person);
  if (model !== undefined) await recordScores(model, tx, moments, history);
  if (isPast) return [];
  const requests = entriesAmong(world, candidates, moments, history, former);
  const answers = requests.length === 0 ? [] : await enrol(world, tx, requests);
  const begun = answers.flatMap((answer, i) =>
    answer.verdict === 'enter' ? [`${requests[i]?.cause}/${answer.run}`] : [],
  );
  await wakeRuns(world, tx, moments, new Set(begun));
  return answers.map(({ verdict }) => verdict);
}

function result(given: number, news: readonly NewItem[], answers: readonly string[]): RecordResult {
  const identified = news.filter(({ item }) => item.type === 'identify').length;
  return {
    recorded: news.length - identified,
    duplicates: given - news.length,
    identified,
    entered: answers.filter((verdict) => verdict === 'enter').length,
    refused: answers.filter((verdict) => verdict === 'refuse').length,
  };
}
