/** What `doctor` says to people: a line for each check, and under it what to do. */
import type { State } from './check.ts';
import type { Found } from './run-checks.ts';

const MARKS: { readonly [S in State]: string } = {
  ok: 'ok',
  warning: 'look',
  failure: 'fails',
  skipped: '–',
};

export function printFindings(found: readonly Found[]): string {
  const wide = Math.max(...Object.values(MARKS).map((mark) => mark.length));
  const indent = ' '.repeat(wide + 2);
  const lines = found.flatMap(({ check, state, says, fix }) => {
    const [first = '', ...more] = says.split('\n');
    return [
      `${MARKS[state].padEnd(wide)}  ${check}: ${first}`,
      ...more.map((line) => `${indent}${line}`),
      ...(fix === undefined ? [] : [`${indent}${fix}`]),
    ];
  });
  return [...lines, '', summary(found)].join('\n');
}

function summary(found: readonly Found[]): string {
  const count = (state: State) => found.filter((each) => each.state === state).length;
  const [failures, warnings] = [count('failure'), count('warning')];
  if (failures + warnings === 0) return 'All is well.';
  return `${failures} to put right, ${warnings} to look at.`;
}
