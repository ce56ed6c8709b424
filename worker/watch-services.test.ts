import { expect, onTestFinished, test } from 'vitest';
import { watchServices } from './watch-services.ts';

test('who does not answer twice is said once, and once that it answers again', async () => {
  let [isThere, now] = [true, 0];
  const said: string[] = [];
  const reach = async () => {
    if (!isThere) throw new Error('away');
  };
  const services = [
    { name: 'Temporal', reach },
    { name: 'The database', reach: async () => undefined },
  ];
  const watch = watchServices(
    services,
    (what) => said.push(what),
    () => now,
  );
  onTestFinished(() => watch.stop());
  const look = async (times: number) => {
    for (let i = 0; i < times; i += 1) {
      await watch.look();
      now += 5_000;
    }
  };
  await look(2);
  isThere = false;
  await look(1);
  isThere = true;
  await look(1);
  expect(said).toEqual([]);
  isThere = false;
  await look(4);
  expect(said).toEqual([expect.stringContaining('Temporal does not answer.')]);
  isThere = true;
  await look(2);
  expect(said.slice(1)).toEqual(['Temporal answers again, after 20 seconds.']);
});
