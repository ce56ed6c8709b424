/** The second way: Temporal's own CLI, where it is installed and new enough. */
import type { Answer } from './found-server.ts';
import { programOnPath, runProgram } from './program.ts';
import { CLI_VERSION, isAtLeast, versionIn } from './versions.ts';

const ANSWER_WITHIN_MS = 10_000;
const FIX = `Install Temporal CLI ${CLI_VERSION} or later: https://docs.temporal.io/cli`;

export async function serverOnPath(path: string): Promise<Answer> {
  const program = programOnPath('temporal', path);
  if (program === undefined) return { reason: 'no `temporal` there.', fix: FIX };

  const { output, complaint } = await runProgram(program, ['--version'], {
    timeoutMs: ANSWER_WITHIN_MS,
  });
  const version = versionIn(output);
  if (version === null) {
    const said = output.trim() || complaint || 'nothing';
    return { reason: `\`${program} --version\` names no version; it said: ${said}.`, fix: FIX };
  }
  if (!isAtLeast(version, CLI_VERSION)) {
    return { reason: `${program} is version ${version}, which is too old.`, fix: FIX };
  }
  return { how: 'path', program };
}
