import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { smallProject } from '../test/small-project.ts';
import { temporaryFolder } from '../test/temporary-folder.ts';
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
