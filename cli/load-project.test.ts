import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallProject } from '../test/small-project.ts';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { readLeadsCsv } from '../ingest/read-csv.ts';
import { sampleProfile } from '../rehearsal/sample-profile.ts';
import { loadProject } from './load-project.ts';

test.each([undefined, 'commonjs', 'module'])(
  'loads a config in TypeScript from a package of type %s',
  async (type) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'x', type }));
    const { project, directory } = await loadProject(smallProject(folder));
    expect([...project.plans.keys()]).toEqual(['welcome']);
    expect(directory).toBe(folder);
  },
);

test('what a step refuses to be made of is told with the line of who wrote it', async () => {
  const folder = join(temporaryFolder(), 'un proyecto ñ');
  mkdirSync(join(folder, 'journeys'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(
    join(folder, 'journeys/trial.js'),
    `import { sendEmail } from '${DSL}';\n\nexport const trial =\n  sendEmail();\n`,
  );
  const config = join(folder, 'cultivo.config.js');
  writeFileSync(config, "export { trial as default } from './journeys/trial.js';");
  await expect(loadProject(config)).rejects.toThrow(
    /^journeys\/trial\.js:4:\d+: expected a config that loads, received TypeError/,
  );
});

test.each([
  ['throw new TypeError("no such thing");', /received TypeError: no such thing\. .*unloadable\]$/],
  ['import "./nowhere.ts";', /config-unloadable\]$/],
  ['export default { journey: [] };', /config-invalid\]$/],
  ['export const config = 1;', /config-invalid\]$/],
  ['export default null;', /config-invalid\]$/],
])('a config that holds `%s` is refused with what is wrong', async (source, says) => {
  const file = join(temporaryFolder(), 'cultivo.config.ts');
  writeFileSync(file, source);
  await expect(loadProject(file)).rejects.toThrow(says);
});

/** Imported by address: the folder has no packages of its own. */
const DSL = new URL('../dsl/index.ts', import.meta.url).href;

/** As an author writes it who has no TypeScript, zod by its name. */
function javaScriptProject(folder: string, name: string, zod = "from 'zod'"): string {
  const typed = smallProject(folder);
  const source = readFileSync(typed, 'utf8')
    .replace(': { lead: { name: string } }', '')
    .replace('id: string', 'id')
    .replace(/(?<=import \* as z )from '.*'/, zod);
  rmSync(typed);
  writeFileSync(join(folder, name), source);
  return join(folder, name);
}

function putZod(folder: string, version: string): void {
  const copy = join(folder, 'node_modules', 'zod');
  mkdirSync(join(folder, 'node_modules'));
  cpSync(join(import.meta.dirname, '..', 'node_modules', 'zod'), copy, { recursive: true });
  const file = join(copy, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...manifest, version }));
}

test.each([
  ['cultivo.config.js', undefined],
  ['cultivo.config.js', 'module'],
  ['cultivo.config.mjs', 'commonjs'],
])('loads %s in plain JavaScript from a package of type %s', async (name, type) => {
  const folder = join(temporaryFolder(), 'Proyecto de ñandúes');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'x', type }));
  const { project } = await loadProject(
    javaScriptProject(folder, name, `from '${import.meta.resolve('zod')}'`),
  );
  expect([...project.plans.keys()]).toEqual(['welcome']);
});

test('a zod of the project that is too old, or missing, is one sentence', async () => {
  const folder = temporaryFolder();
  const config = javaScriptProject(folder, 'cultivo.config.js');
  await expect(loadProject(config)).rejects.toThrow(
    'zod: expected version 4 beside cultivo, received none. Install it where package.json is: `npm install zod@4`. [zod-missing]',
  );
  putZod(folder, '3.25.76');
  await expect(loadProject(config)).rejects.toThrow(
    /^zod: expected version 4, received 3\.25\.76 of .*zod\. Install it .* \[zod-too-old\]$/,
  );
});

test('two copies of zod are advised against, and work', async () => {
  const folder = temporaryFolder();
  const config = javaScriptProject(folder, 'cultivo.config.js');
  putZod(folder, '4.0.1');
  const { project } = await loadProject(config);
  expect(project.advice[0]).toMatch(
    /^zod: expected one copy, received 4\.0\.1 of the project and .*\[zod-twice\]$/,
  );
  const lead = project.lead ?? expect.unreachable();
  const table = readLeadsCsv('userId,name,email\nana,Ana,ana@example.com\nben,Ben,here\n', lead);
  expect(table).toMatchObject({
    leads: [{ userId: 'ana' }, { userId: 'ben' }],
    problems: [{ field: 'email' }],
  });
  expect(sampleProfile(lead)).toMatchObject({ name: 'Ana Ruiz' });
});

test('a config that is not there names the folders that have one', async () => {
  await expect(loadProject('cultivo.config.ts')).rejects.toThrow(
    /run in its folder: .*examples.three-month-nurture.* have one\. \[config-missing\]$/,
  );
});
