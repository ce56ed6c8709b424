/** One lead made of two, as far as fields go: whose win, whose zone counts, whose owner stays. Pure. */
import type { Instant } from '../../dsl/plan.ts';
import type { Project } from '../../dsl/project.ts';
import type { Person } from '../../store/tables/index.ts';
import { ownerOf } from '../owner-of.ts';
import type { Merge } from './who-is-who.ts';

export interface Joining {
  readonly project: Pick<Project, 'config' | 'lead'>;
  /** Whether somebody was more than a visitor: a name or an address of theirs was known. */
  readonly isLead: (person: string) => boolean;
  /** When a person's zone was said; changed as people are joined. */
  readonly zoneSaidAt: Map<string, Instant>;
}

/** Writes who remains into `people`. */
export function joinPeople(
  { from, into, leading }: Merge,
  people: Map<string, Person>,
  joining: Joining,
): void {
  const remaining = people.get(into);
  const gone = people.get(from);
  if (remaining === undefined || gone === undefined) return;
  const [first, second] = leading === into ? [remaining, gone] : [gone, remaining];
  const zoned = lastSaid(first, second, joining);
  const { timezone } = { timezone: undefined, ...zoned.profile };
  const joined = {
    ...remaining,
    profile: {
      ...second.profile,
      ...first.profile,
      ...(typeof timezone === 'string' ? { timezone } : {}),
    },
    zone: zoned.zone,
  };
  people.set(into, withOwner(joined, remaining, gone, joining));
}

/** The zone said last counts, whoever's fields win. */
function lastSaid(first: Person, second: Person, { zoneSaidAt }: Joining): Person {
  const saidAt = ({ id, zone, createdAt }: Person): Instant =>
    zone === null ? -Infinity : (zoneSaidAt.get(id) ?? createdAt);
  const zoned = saidAt(second) > saidAt(first) ? second : first;
  for (const { id } of [first, second]) zoneSaidAt.set(id, saidAt(zoned));
  return zoned;
}

/** The older lead's seller keeps them; a visitor had none. */
function withOwner(
  joined: Person,
  remaining: Person,
  gone: Person,
  { project, isLead }: Joining,
): Person {
  const lead = isLead(remaining.id) || !isLead(gone.id) ? remaining : gone;
  const named = (person: Person) => ownerOf(project, person)?.id ?? person.profile['owner'];
  const owner = named(lead);
  return owner === undefined || owner === named(joined)
    ? joined
    : { ...joined, profile: { ...joined.profile, owner } };
}
