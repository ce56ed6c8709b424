import { expect, test } from 'vitest';
import { copyStore } from './copy-store.ts';
import { memoryStore } from './memory/memory-store.ts';
import { openStore } from './open-store.ts';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { studioWorld } from '../test/studio-world.ts';
import { personView } from '../views/person-view.ts';
import { forecast } from '../views/forecast.ts';

test('what was played in memory is the same on a disk', async () => {
  const { world, server } = await studioWorld();
  await server.stop();
  for (const open of [memoryStore, () => openStore({ directory: temporaryFolder() })]) {
    const copy = await open();
    await copyStore(world.store, copy);
    for (const who of ['lucia-0', 'callum-1', 'mei-2', 'jonas-3']) {
      const there = { ...world, store: copy };
      expect(await personView(there, who)).toEqual(await personView(world, who));
      expect(await forecast(there, who)).toEqual(await forecast(world, who));
    }
    await copy.close();
  }
});
