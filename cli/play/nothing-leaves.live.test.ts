/** Playing a quarter is no sending of it: whatever sender the config names, nothing leaves. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cliInChild } from '../../test/cli-in-child.ts';
import { startResendServer } from '../../test/fakes/resend-server.ts';
import { smallProject } from '../../test/small-project.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';

test('a project that sends through Resend is played without it', async () => {
  const folder = temporaryFolder();
  smallProject(folder);
  const dsl = new URL('../../dsl/index.ts', import.meta.url).href;
  writeFileSync(
    join(folder, 'sending.config.ts'),
    `import { resend } from '${dsl}'; import config from './cultivo.config.ts';
     export default { ...config, brand: { ...config.brand, publicUrl: 'https://in.example' }, messaging: { email: resend() } };`,
  );
  writeFileSync(join(folder, 'leads.csv'), 'userId,name,email\nana,Ana,ana@example.com\n');
  const server = await startResendServer();
  const env = { RESEND_API_KEY: 're_test', RESEND_BASE_URL: server.url };
  const args = ['play', '--config', 'sending.config.ts', '--no-serve', '--json'];
  const { nextLine, ended } = cliInChild(args, { cwd: folder, env });
  const played = JSON.parse(await nextLine()) as { people: number; sent: number };
  expect((await ended).exitCode).toBe(0);
  expect(played.people).toBe(1);
  expect(played.sent).toBeGreaterThan(0);
  expect(server.delivered).toEqual([]);
  await server.close();
});
