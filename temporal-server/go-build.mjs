// Runs `go build` where an older Go fetches the one that go.mod asks for; a Go that is new enough is used as
// it is. A program of its own because this is said by a variable, and the variables of the process that
// wants the build are not ours to change. Called with the path of `go`, the sources and the file to write.
import { spawnSync } from 'node:child_process';

const [go, sources, file] = process.argv.slice(2);
process.env.GOTOOLCHAIN = 'auto';
const { status, error } = spawnSync(
  go,
  ['build', '-trimpath', '-buildvcs=false', '-ldflags=-s -w', '-o', file, '.'],
  { cwd: sources, stdio: 'inherit' },
);
if (error !== undefined) console.error(error.message);
process.exitCode = status ?? 1;
