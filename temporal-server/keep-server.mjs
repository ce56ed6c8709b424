// Runs a server for as long as the process that started this one lives: that process has the other end
// of standard input, which ends however that process ended, `kill -9` included.
// Called with the program and its arguments; ends as the program ends.
import { spawn } from 'node:child_process';

const END_WITHIN_MS = 5_000;

const [program, ...args] = process.argv.slice(2);
const server = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
server.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
server.on('exit', (code) => process.exit(code ?? 1));

function stop() {
  server.kill('SIGTERM');
  setTimeout(() => server.kill('SIGKILL'), END_WITHIN_MS);
}
process.stdin.resume().once('end', stop).once('error', stop);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
