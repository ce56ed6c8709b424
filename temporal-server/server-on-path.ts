/** The second way: Temporal's own CLI, where it is installed and new enough. */
import type { Answer } from './found-server.ts';
import { programOnPath } from './program-on-path.ts';
import { runProgram } from './run-program.ts';
import { CLI_VERSION, LEAST_CLI_VERSION } from './server-versions.ts';
import { isAtLeast, versionIn } from './version.ts';

const ANSWER_WITHIN_MS = 10_000;
const FIX = `Install Temporal CLI ${CLI_VERSION} or later: https://docs.temporal.io/cli`;

export async function serverOnPath(path: string): Promise<Answer> {
  const program = programOnPath('temporal', path);
  if (program === undefined) return { reason: 'no `temporal` there.', fix: FIX };

  const { output, complaint } = await runProgram(program, ['--version'], {
    timeout: ANSWER_WITHIN_MS,
  });
  const version = versionIn(output);
  if (version === null) {
    const said = output.trim() || complaint || 'nothing';
    return { reason: `\`${program} --version\` names no version; it said: ${said}.`, fix: FIX };
  }
  if (!isAtLeast(version, LEAST_CLI_VERSION)) {
    return { reason: `${program} is version ${version.join('.')}, which is too old.`, fix: FIX };
  }
  return { how: 'path', program };
}
