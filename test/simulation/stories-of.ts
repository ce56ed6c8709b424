/** What was done with each person of a life, as texts that two lives can be compared by. */
import { type StoryLine, tellStories } from '../../rehearsal/story.ts';
import type { Store } from '../../store/store.ts';
import { identities } from '../../store/tables/index.ts';
import { userOf } from './crowd.ts';

export async function storiesOf(
  store: Store,
  count: number,
  main: string,
): Promise<readonly string[]> {
  const users = await store.transaction((tx) => tx.find(identities, { kind: 'user' }));
  const known = new Map(users.map(({ value, person }) => [value, person]));
  const persons = Array.from({ length: count }, (_, who) => ({
    id: known.get(userOf(who)) ?? '',
    zone: 'UTC',
  }));
  return (await tellStories(store, persons, main)).map((story) =>
    story.lines
      // What two journeys do at one instant has no order.
      .toSorted((a, b) => (whoActs(a) < whoActs(b) ? -1 : whoActs(a) > whoActs(b) ? 1 : 0))
      .map(({ at, journey, text }) => `${journey} ${new Date(at).toISOString()} ${inOneWord(text)}`)
      .join('\n'),
  );
}

/** A refusal is said of the journey that was asked for, at the time of the one that asked. */
const whoActs = ({ journey, text }: StoryLine): string =>
  text.startsWith('not entered') ? `${journey} refuses` : journey;

/** Whether one journey has ended at the very instant at which another one asks to enter it has no order either. */
const inOneWord = (text: string): string =>
  text.replace(/: (in-journey|entered-before)$/, ': there already');
