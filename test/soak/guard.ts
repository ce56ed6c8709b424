/** Sees to it that no process of a soak outlives it, however it ends. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Guard {
  add(pid: number): void;
  remove(pid: number): void;
  /** Kills those that are left. */
  end(): void;
}

export function startGuard(): Guard {
  const script = fileURLToPath(new URL('guard.mjs', import.meta.url));
  const { stdin } = spawn(process.execPath, [script], {
    stdio: ['pipe', 'ignore', 'inherit'],
    detached: true,
  });
  stdin.on('error', () => undefined);
  return {
    add: (pid) => void stdin.write(`+${pid}\n`),
    remove: (pid) => void stdin.write(`-${pid}\n`),
    end: () => void stdin.end(),
  };
}
