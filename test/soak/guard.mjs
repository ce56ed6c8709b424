// Ends what a soak has left running: hears `+pid` and `-pid`, and when its standard input ends, which it does
// however the soak ended, kills those that are left.
import { createInterface } from 'node:readline';

const pids = new Set();
const kill = (pid) => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
createInterface(process.stdin)
  .on('line', (line) => pids[line.startsWith('+') ? 'add' : 'delete'](Number(line.slice(1))))
  .on('close', () => pids.forEach(kill));
