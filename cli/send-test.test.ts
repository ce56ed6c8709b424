import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { callCli } from '../test/call-cli.ts';
import { startResendServer } from '../test/fakes/resend-server.ts';
import { smallProject } from '../test/small-project.ts';
import { temporaryFolder } from '../test/temporary-folder.ts';

test('a template goes to whoever asks, through the project’s own sender', async () => {
  const folder = temporaryFolder();
  const config = smallProject(folder);
  const local = await callCli('send-test', 'first', '--to', 'me@a.example', '--config', config);
  expect(local).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('[nothing-leaves]') });
  const wrong = await callCli('send-test', 'first', '--to', 'at home', '--config', config);
  expect(wrong.stderr).toContain('[invalid-address]');
  const none = await callCli('send-test', 'frist', '--to', 'me@a.example', '--config', config);
  expect(none.stderr).toContain('[unknown-template]');

  const dsl = new URL('../dsl/index.ts', import.meta.url).href;
  const sending = join(folder, 'sending.config.ts');
  writeFileSync(
    sending,
    `import { resend } from '${dsl}'; import config from './cultivo.config.ts';
     export default { ...config, brand: { ...config.brand, publicUrl: 'https://in.example' }, messaging: { email: resend() } };`,
  );
  const server = await startResendServer();
  vi.stubEnv('RESEND_API_KEY', 're_test');
  vi.stubEnv('RESEND_BASE_URL', server.url);
  const sent = await callCli('send-test', 'first', '--to', 'me@a.example', '--config', sending);
  expect(sent.stdout).toMatch(/^Sent to me@a\.example through resend: \[test\] Hola Ana Ruiz/);
  expect(server.delivered.map(({ to }) => to)).toEqual([['me@a.example']]);
  const gone = await callCli('send-test', 'gone', '--to', 'me@a.example', '--config', sending);
  expect(gone.stderr).toContain('expected one of first, second');
  vi.unstubAllEnvs();
  await server.close();
});
