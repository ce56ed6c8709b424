// What must be there before anything else can run, seen to by `npm test` and `npm start` in a bare clone: a
// Node that is new enough, and the packages of package-lock.json, here or in the folder that is named.
// Depends on nothing but Node.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL(`${process.argv[2] ?? '.'}/`, import.meta.url);
const LEAST_NODE = [20, 19];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])) {
  fail(
    `Cultivo needs Node ${LEAST_NODE.join('.')} or later; this is ${process.version}. Install one: https://nodejs.org`,
  );
}

// npm writes its own record when an installation is complete, never before.
const installed = changedAt('node_modules/.package-lock.json');
if (installed === undefined || installed < changedAt('package-lock.json')) {
  console.log(`Installing packages (npm install in ${fileURLToPath(folder)})`);
  // Not `npm ci`: that refuses a lock file without the optional packages of every platform, which a
  // registry mirror may lack. This takes the versions of the lock file as well, and leaves it as it is.
  const { status } = spawnSync(
    'npm',
    ['install', '--no-save', '--include=dev', '--no-progress', '--loglevel=error'],
    {
      cwd: fileURLToPath(folder),
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    },
  );
  if (status !== 0) {
    fail('The packages could not be installed: see what npm says above, then run `npm install`.');
  }
}

function changedAt(file) {
  return statSync(new URL(file, folder), { throwIfNoEntry: false })?.mtimeMs;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
