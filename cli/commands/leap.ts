/** `cultivo leap`: in development, takes one person to their next touch. */
import { setTimeout as pause } from 'node:timers/promises';
import { Command } from 'commander';
import type { PersonAnswer, RunsLeapt } from '../../studio/people-routes.ts';
import { answer, examples } from '../answer.ts';
import { type IngestClient, personPath } from '../ingest-client.ts';
import { keyOption, openIngest, urlOption, type IngestOptions } from '../options.ts';
import { printEntry } from '../people/print-person.ts';
import type { Terminal } from '../terminal.ts';

const MOST_LEAPS = 20;
const LOOK_AGAIN_MS = 100;
const MOST_LOOKS = 100;
const MOST_STILL = 20;

export const leapCommand = (terminal: Terminal): Command =>
  new Command('leap')
    .description(
      'take one person to their next touch: their waits end at once, for a send window or a cap too (`cultivo dev` alone does that)',
    )
    .argument('<who>', 'a user id, an e-mail address or an anonymous id')
    .addOption(urlOption())
    .addOption(keyOption())
    .addHelpText('after', examples('cultivo leap ana'))
    .action(async (who: string, _: object, command: Command) => {
      const options = command.optsWithGlobals<IngestOptions>();
      const ingest = await openIngest(options);
      const before = await ingest.get<PersonAnswer>(personPath(who));
      const told = before.earlier + before.story.length;
      let after = before;
      let leaps = 0;
      const isParked = before.runs.some(({ status }) => status === 'parked');
      for (let still = 0; !isParked && leaps < MOST_LEAPS && !hasTouch(after, told);) {
        const { leapt } = await ingest.post<RunsLeapt>(`${personPath(who)}/leap`, {});
        if (leapt.length > 0) {
          leaps += 1;
          const { person, moved } = await gone(ingest, who, leapt);
          after = person;
          // Once more would be no other.
          if (!moved) break;
        } else if ((still += 1) > MOST_STILL) break;
        else {
          // They may be about to act.
          await pause(LOOK_AGAIN_MS);
          after = await ingest.get<PersonAnswer>(personPath(who));
        }
      }
      const news = after.story.slice(told - after.earlier);
      answer(terminal, options, { leaps, story: news, runs: after.runs }, () =>
        news.length === 0
          ? standstill(before)
          : news.map((entry) => printEntry(entry, after.zone)).join('\n'),
      );
    });

function standstill({ name, runs }: PersonAnswer): string {
  const isInNone = runs.every(({ endedAt }) => endedAt !== null);
  if (isInNone) return `${name} is in no journey.`;
  const parked = runs.find(({ status }) => status === 'parked');
  return parked === undefined
    ? `${name} waits for no time: only something that happens moves them on.`
    : `${name} is parked in ${parked.journey}: ${parked.error ?? 'an error'} Put it right, then \`cultivo retry ${parked.journey}\`.`;
}

const TOUCHES: readonly string[] = ['sent', 'skipped', 'did', 'ended'];

const hasTouch = ({ story, earlier }: PersonAnswer, told: number): boolean =>
  story.slice(told - earlier).some(({ kind }) => TOUCHES.includes(kind));

/** Once the runs stand elsewhere, and what they asked for has been answered. */
async function gone(
  ingest: IngestClient,
  who: string,
  leapt: RunsLeapt['leapt'],
): Promise<{ readonly person: PersonAnswer; readonly moved: boolean }> {
  for (let looks = 0; ; looks += 1) {
    const now = await ingest.get<PersonAnswer>(personPath(who));
    const moved = leapt.every(({ run, until }) => {
      const there = now.runs.find((each) => each.run === run);
      return (
        there === undefined ||
        there.endedAt !== null ||
        (there.until !== until && there.until !== null)
      );
    });
    if (moved || looks === MOST_LOOKS) return { person: now, moved };
    await pause(LOOK_AGAIN_MS);
  }
}
