/** Figures as a table for people. */
import { type Figure, type Goal, isMet, ratioOf } from './bench.ts';

export function printFigures(title: string, figures: readonly Figure[]): string {
  const rows = figures.map(cells);
  const widths = HEAD.map((head, i) =>
    Math.max(head.length, ...rows.map((row) => row[i]?.length ?? 0)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [title, ...[HEAD, ...rows].map((row) => `  ${line(row)}`)].join('\n');
}

const HEAD = ['', 'ours', 'beside', '', 'ratio', 'goal', ''] as const;

function cells(figure: Figure): readonly string[] {
  const { what, unit, ours, other, goal, rounds, worse } = figure;
  const ratio = ratioOf(figure);
  return [
    what,
    `${round(ours)}${spread(rounds?.ours)} ${unit}`,
    other === undefined ? '' : `${round(other.value)}${spread(rounds?.other)} ${unit}`,
    other?.name ?? '',
    ratio === undefined ? '' : `${round(ratio)} x`,
    goal === undefined ? '' : printGoal(goal, unit),
    worse === true
      ? 'WORSE'
      : ({ true: 'met', false: 'MISSED', undefined: '' }[String(isMet(figure))] ?? ''),
  ];
}

function printGoal({ of, atMost, atLeast }: Goal, unit: string): string {
  const bound = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
  return `${bound} ${of === 'ratio' ? 'x' : unit}`;
}

/** Three significant digits, whole from 100 on; a dash where nothing was measured. */
const round = (value: number): string => {
  if (Number.isNaN(value)) return '–';
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
};

const spread = (values: readonly number[] = []): string =>
  values.length < 2 ? '' : ` (${round(Math.min(...values))}–${round(Math.max(...values))})`;
