import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { callCli } from '../../test/call-cli.ts';
import { cliInChild } from '../../test/cli-in-child.ts';
import { smallProject } from '../../test/small-project.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import type { DevPlaces } from './where-to-look.ts';

const WITHIN = { timeout: 30_000, interval: 100 };

async function startDev(cwd: string) {
  const dev = cliInChild(['dev', '--json', '--port', '0', '--ui-port', '0'], { cwd });
  const places = JSON.parse(await dev.nextLine()) as DevPlaces;
  const call = (...args: string[]) => callCli(...args, '--url', places.ingest, '--json');
  return {
    ...dev,
    places,
    call,
    stepsAre: (...steps: string[]) =>
      vi.waitFor(async () => {
        const { journeys } = JSON.parse((await call('status')).stdout);
        const [{ steps: counted }] = journeys as [{ steps: { step: string }[] }];
        expect(counted.map(({ step }) => step)).toEqual(steps);
      }, WITHIN),
  };
}

test('people come in, wait, and are still there when it starts again with an edited journey', async () => {
  const cwd = temporaryFolder();
  const config = smallProject(cwd);
  const table = join(cwd, 'leads.csv');
  writeFileSync(table, 'userId,name,email\nana,Ana,ana@example.com\n');

  const first = await startDev(cwd);
  const enrolled = await first.call('enrol', 'welcome', '--csv', table, '--config', config);
  expect(JSON.parse(enrolled.stdout)).toMatchObject({ identified: 1, entered: 1, bad: [] });
  await first.stepsAre('wait:3d');
  expect((await fetch(first.places.temporalUi ?? '')).status).toBe(200);

  const second = await cliInChild(['dev', '--port', '0', '--ui-port', '0'], { cwd }).ended;
  expect(second.exitCode).toBe(1);
  expect(second.stderr).toContain('[store-locked]');

  first.child.kill('SIGINT');
  expect(await first.ended).toMatchObject({ exitCode: 0 });

  smallProject(cwd, { waitDays: 5 });
  const again = await startDev(cwd);
  const tracked = await again.call('track', 'Trial Started', '--user', 'ben');
  expect(JSON.parse(tracked.stdout)).toMatchObject({ recorded: 1, entered: 1 });
  const { journeys } = JSON.parse((await again.call('status')).stdout);
  expect(journeys).toMatchObject([{ live: 2, parked: 0 }]);
  // Of the plan that she came in under, which the config no longer has.
  expect(journeys[0].steps).toContainEqual({ step: 'wait:3d', label: null, count: 1 });
  const why = JSON.parse((await again.call('why', 'ben', 'second')).stdout);
  expect(why).toMatchObject({ messages: [{ state: 'ahead' }] });

  await again.stepsAre('wait:5d', 'wait:3d');
  const leapt = JSON.parse((await again.call('leap', 'ben')).stdout);
  expect(leapt.story.map(({ what }: { what: string }) => what)).toContain('email second');

  // Saved while it runs: whoever comes now gets the new plan; what does not compile changes nothing.
  smallProject(cwd, { waitDays: 2 });
  await vi.waitFor(
    () => expect(again.output.stderr).toContain('welcome: − wait:5d, + wait:2d'),
    WITHIN,
  );
  await again.call('track', 'Trial Started', '--user', 'cleo');
  smallProject(cwd, { waitDays: -1 });
  await vi.waitFor(() => expect(again.output.stderr).toMatch(/Not reloaded.*wait:-1d/s), WITHIN);
  await again.stepsAre('wait:2d', 'wait:3d');
  expect(JSON.parse((await again.call('end', 'cleo')).stdout)).toMatchObject({ ended: [{}] });
  await again.stepsAre('wait:3d');
  // Whoever has no name is called as their sender does.
  expect(again.output.stderr).toMatch(/\d\d:\d\d cleo {2}enters welcome/);
  await vi.waitFor(() => expect(again.output.stderr).toMatch(/cleo {2}end: exit/), WITHIN);
  again.child.kill('SIGTERM');
  expect(await again.ended).toMatchObject({ exitCode: 0 });
  expect(readdirSync(join(cwd, '.cultivo', 'plans', 'welcome'))).toHaveLength(3);
}, 240_000);
