/** Plays a script on Temporal to its end: cohorts follow their own clocks, the rest happens as nobody's clock needs it. */
import type { Client } from '@temporalio/client';
import { allDelivered, namesIn, type Stage } from './settle.ts';

/** Resolves when the script is empty and every cohort is over. Whoever is in a cohort is left to its clock. */
export async function playOut(client: Client, stage: Stage): Promise<void> {
  const running = new Map<string, Promise<string>>();
  const seen = new Map<string, number>();
  for (;;) {
    await allDelivered(stage.world);
    for (const [id, entries] of stage.cohorts.entries) {
      if (running.has(id) || seen.get(id) === entries) continue;
      seen.set(id, entries);
      running.set(id, over(client, id));
    }
    const busy = new Set<string>();
    for (const id of running.keys()) for (const name of await namesIn(stage, id)) busy.add(name);
    const cues = stage.script.takeFirstOfEach(busy);
    if (cues.length > 0) await stage.happen(cues);
    else if (running.size > 0) running.delete(await Promise.race(running.values()));
    else return;
  }
}

/** A cohort that began anew is followed by its latest execution. */
async function over(client: Client, id: string): Promise<string> {
  await client.workflow.getHandle(id).result();
  return id;
}
