/** What is saved is taken up once, and what cannot be watched ends nothing. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { watchProject } from './watch-project.ts';

test('data beside the config and a link to itself are passed over; saves while it works are one', async () => {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  mkdirSync(data);
  let loads = 0;
  let goOn: () => void = () => undefined;
  const stop = watchProject(folder, { data }, () => {
    loads += 1;
    return new Promise((resolve) => (goOn = resolve));
  });
  onTestFinished(() => {
    goOn();
    return stop();
  });
  await vi.waitFor(() => {
    writeFileSync(join(folder, 'journey.ts'), String(Math.random()));
    expect(loads).toBe(1);
  }, 10_000);
  symlinkSync('loop', join(folder, 'loop'));
  for (let i = 0; i < 5; i += 1) {
    writeFileSync(join(data, 'store'), String(i));
    writeFileSync(join(folder, 'journey.ts'), `more ${i}`);
  }
  // The watcher has heard of all of it once it hears of a save that comes after.
  await vi.waitFor(() => {
    writeFileSync(join(folder, 'later.ts'), String(Math.random()));
    goOn();
    expect(loads).toBeGreaterThan(1);
  }, 10_000);
});
