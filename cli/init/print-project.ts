/** What `cultivo init` says to people. */
import { linesIf } from '../answer.ts';
import type { ProjectMade } from './init-project.ts';

export function printProject(made: ProjectMade): string {
  const { folder, name, written, kept, dryRun, next } = made;
  const list = (paths: readonly string[]) => paths.map((path) => `  ${path}`);
  return [
    ...linesIf(
      written.length > 0,
      `${name} ${dryRun ? 'would be made' : 'is made'} in ${folder}:`,
      ...list(written),
    ),
    ...linesIf(written.length === 0, `${name} is all there, in ${folder}.`),
    ...linesIf(
      written.length > 0 && kept.length > 0,
      'There already, and left as they are:',
      ...list(kept),
    ),
    '',
    'Next:',
    ...list(next),
  ].join('\n');
}
