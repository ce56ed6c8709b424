/** Who of the firm a lead belongs to. Pure: the same lead always has the same owner. */
import { createHash } from 'node:crypto';
import type { Project } from '../dsl/project.ts';
import type { TeamMember } from '../dsl/team.ts';
import type { Person } from '../store/tables/index.ts';

/**
 * The lead's own seller: its field `owner` where that is a team member's id, else one of the config's
 * `assignOwner`, shared out by a hash of the person's id (adding a seller moves only the leads that
 * the new one gets). Undefined where the config names nobody.
 */
export function ownerOf(
  { config }: Pick<Project, 'config'>,
  person: Pick<Person, 'id' | 'profile'>,
): TeamMember | undefined {
  const team = config.team ?? [];
  const named = team.find(({ id }) => id === person.profile['owner']);
  if (named !== undefined) return named;
  const candidates = team.filter(({ id }) => config.assignOwner?.includes(id));
  let best: TeamMember | undefined;
  let highest = '';
  for (const candidate of candidates) {
    const weight = candidates.length === 1 ? '0' : weightOf(person.id, candidate.id);
    if (weight > highest) [best, highest] = [candidate, weight];
  }
  return best;
}

/**
 * The team member that a journey means by `to`: `owner`, or an id of the team.
 *
 * Undefined where there is no such person.
 */
export const colleagueOf = (
  project: Pick<Project, 'config'>,
  to: string,
  person: Pick<Person, 'id' | 'profile'>,
): TeamMember | undefined =>
  to === 'owner' ? ownerOf(project, person) : project.config.team?.find(({ id }) => id === to);

/** Rendezvous hashing: whoever weighs most for this person has them. */
const weightOf = (person: string, member: string): string =>
  createHash('sha256').update(`${person}\n${member}`).digest('hex');
