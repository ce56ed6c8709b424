/** Who is who in a recording: identities that ever stand together in one message are one person. */
import type { BehaviourItem } from '../../activities/behaviour/behaviour-item.ts';

function identitiesOf(said: BehaviourItem): string[] {
  const user = 'userId' in said ? said.userId : undefined;
  const anonymous = 'anonymousId' in said ? said.anonymousId : undefined;
  return [
    ...(user === undefined ? [] : [`user ${user}`]),
    ...(anonymous === undefined ? [] : [`anonymous ${anonymous}`]),
  ];
}

/** Names the person of a message, or of one identity (`user ana`, `anonymous 1f…`). */
export interface RecordedPeople {
  of(said: BehaviourItem): string;
  named(identity: string): string;
}

export function recordedPeople(all: readonly BehaviourItem[]): RecordedPeople {
  const parent = new Map<string, string>();
  const root = (identity: string): string => {
    const above = parent.get(identity);
    return above === undefined ? identity : root(above);
  };
  for (const said of all) {
    const [first, second] = identitiesOf(said);
    if (first === undefined || second === undefined || root(first) === root(second)) continue;
    parent.set(root(second), root(first));
  }
  return { of: (said) => root(identitiesOf(said)[0] ?? ''), named: root };
}
