/** Who is who in a recording: identities that ever stand together in one message are one person. */
import type { BehaviourItem } from '../../activities/behaviour/behaviour-item.ts';
import type { World } from '../../activities/world.ts';
import { isZone } from '../../dsl/calendar/zone-offset.ts';
import type { JsonObject } from '../../dsl/plan.ts';
import type { CsvLead } from '../../ingest/read-csv.ts';
import { identities } from '../../store/tables/index.ts';
import type { Recording } from './read-recording.ts';

export interface RecordedPeople {
  /** Names the person of a message. */
  of(said: BehaviourItem): string;
  /** Names the person of one identity: `user ana`, `anonymous 1f…`. */
  named(identity: string): string;
  /** Names a person of the store. */
  nameOf(world: World, person: string): Promise<string>;
  /** By name: the zones of those who ever said one. */
  readonly zones: ReadonlyMap<string, string>;
}

export function recordedPeople({ leads, behaviour }: Recording): RecordedPeople {
  const parent = new Map<string, string>();
  const root = (identity: string): string => {
    const above = parent.get(identity);
    return above === undefined ? identity : root(above);
  };
  for (const said of behaviour) {
    const [first, second] = identitiesOf(said);
    if (first === undefined || second === undefined || root(first) === root(second)) continue;
    parent.set(root(second), root(first));
  }
  const of = (said: BehaviourItem): string => root(identitiesOf(said)[0] ?? '');
  const zones = new Map<string, string>();
  const note = (person: string, { timezone }: JsonObject) => {
    if (typeof timezone === 'string' && isZone(timezone)) zones.set(person, timezone);
  };
  for (const item of behaviour) if (item.type === 'identify') note(of(item), item.traits);
  for (const lead of leads) note(root(`user ${userOf(lead)}`), lead.traits);
  return { of, named: root, nameOf: namesOf(root), zones };
}

/** A lead without a user id is known by the e-mail address; rows with neither were not read. */
export const userOf = ({ userId, traits }: CsvLead): string =>
  userId ?? (traits['email'] as string);

function identitiesOf(said: BehaviourItem): string[] {
  const user = 'userId' in said ? said.userId : undefined;
  const anonymous = 'anonymousId' in said ? said.anonymousId : undefined;
  return [
    ...(user === undefined ? [] : [`user ${user}`]),
    ...(anonymous === undefined ? [] : [`anonymous ${anonymous}`]),
  ];
}

/** Identities do not change once people are in a journey, so each is looked up once. */
function namesOf(named: (identity: string) => string): RecordedPeople['nameOf'] {
  const names = new Map<string, string>();
  return async ({ store }, person) => {
    const before = names.get(person);
    if (before !== undefined) return before;
    const known = await store.transaction((tx) => tx.find(identities, { person }));
    const first = known.find(({ kind }) => kind === 'user') ?? known[0];
    const name = first === undefined ? person : named(`${first.kind} ${first.value}`);
    names.set(person, name);
    return name;
  };
}
