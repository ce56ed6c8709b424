// Makes dist/ anew: what tsc compiles and, beside it, what runs as it is (small programs in JavaScript, the
// Go sources of the development server).
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const { compilerOptions, include } = JSON.parse(readFileSync('tsconfig.build.json', 'utf8'));
const { outDir } = compilerOptions;

rmSync(outDir, { recursive: true, force: true });
const { status, error } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (error !== undefined)
  console.error(`tsc: ${error.message}. Run \`npm run build\`, once packages are installed.`);
if (status !== 0) process.exit(1);

for (const folder of include) {
  cpSync(folder, join(outDir, folder), {
    recursive: true,
    filter: (file) => statSync(file).isDirectory() || !file.endsWith('.ts'),
  });
}
