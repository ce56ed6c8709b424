/** `cultivo status`: how many people stand at which step, as a running ingest knows it. */
import { Command } from 'commander';
import type { Readiness } from '../../ingest/health/health-routes.ts';
import type { JourneySteps } from '../../ingest/journey-routes.ts';
import type { LaneTrouble } from '../../ingest/lane-routes.ts';
import { type DataWarning, printWarning } from '../../activities/behaviour/data-warnings.ts';
import { answer, examples, linesIf } from '../answer.ts';
import { journeyPath } from '../ingest-client.ts';
import { keyOption, openIngest, urlOption, type IngestOptions } from '../options.ts';
import type { Terminal } from '../terminal.ts';

export const statusCommand = (terminal: Terminal): Command =>
  new Command('status')
    .description('show how many people stand at which step, and what lanes could not deliver')
    .argument('[journey]', "the journey's id (default: every journey)")
    .addOption(urlOption())
    .addOption(keyOption())
    .addHelpText(
      'after',
      examples('cultivo status', 'cultivo status trial-nurture --url https://in.example --json'),
    )
    .action(async (journey: string | undefined, _: object, command: Command) => {
      const options = command.optsWithGlobals<IngestOptions>();
      const ingest = await openIngest(options);
      const journeys =
        journey === undefined
          ? (await ingest.get<{ journeys: readonly string[] }>('/v1/journeys')).journeys
          : [journey];
      const status: JourneySteps[] = [];
      for (const id of journeys) status.push(await ingest.get(`${journeyPath(id)}/steps`));
      const { lanes } = await ingest.get<{ lanes: readonly LaneTrouble[] }>('/v1/lanes');
      const { warnings } = await ingest.get<{ warnings: readonly DataWarning[] }>('/v1/warnings');
      const { temporal } = await ingest.get<Readiness>('/readyz');
      answer(terminal, options, { journeys: status, lanes, warnings, temporal }, () =>
        [
          ...status.map(print),
          ...linesIf(temporal === 'unreachable', TEMPORAL_AWAY),
          ...lanes.flatMap(printTrouble),
          ...printOdd(warnings),
        ].join('\n\n'),
      );
    });

const TEMPORAL_AWAY =
  'Temporal does not answer: nobody moves until it does, and then they go on. Behaviour is recorded meanwhile.';

function print(status: JourneySteps): string {
  const { journey, live, parked, isCurrent, cohortSize, errors, steps } = status;
  const shown = steps.map(({ step, label, count }) => ({
    count: count.toLocaleString('en'),
    step: step ?? '(ending)',
    label: label ?? (step === null ? '' : '(a step of an older plan)'),
  }));
  const wide = (of: 'count' | 'step') => Math.max(0, ...shown.map((each) => each[of].length));
  return [
    `${journey}${isCurrent ? '' : ' (not in the config any more)'}: ${(live + parked).toLocaleString('en')} under way${parked === 0 ? '' : `, ${parked.toLocaleString('en')} of them parked by an error`}${cohortSize === 1 ? '' : `; up to ${cohortSize} enter a workflow together`}`,
    ...shown.map(({ count, step, label }) =>
      `  ${count.padStart(wide('count'))}  ${step.padEnd(wide('step'))}  ${label}`.trimEnd(),
    ),
    ...errors.map(({ error, count }) => `  parked: ${count.toLocaleString('en')} × ${error}`),
  ].join('\n');
}

/** Nothing where everything fitted. */
const printOdd = (warnings: readonly DataWarning[]): readonly string[] =>
  warnings.length === 0
    ? []
    : [
        [
          'Data that did not fit:',
          ...warnings.map((each) => `  ${each.count.toLocaleString('en')} × ${printWarning(each)}`),
        ].join('\n'),
      ];

/** Nothing for a lane that delivers what it has. */
function printTrouble({ lane, aside, failing }: LaneTrouble): readonly string[] {
  const lines = (what: string, troubles: LaneTrouble['aside']) =>
    troubles.map(
      ({ code, count, since }) =>
        `  ${what}: ${count.toLocaleString('en')} × ${code}${since === null ? '' : `, since ${since.slice(0, 16).replace('T', ' ')} UTC`}`,
    );
  const all = [...lines('set aside', aside), ...lines('tried again', failing)];
  if (all.length === 0) return [];
  const fix = aside.length === 0 ? [] : [`  \`cultivo retry --lane ${lane}\` tries them again.`];
  return [[`lane ${lane}:`, ...all, ...fix].join('\n')];
}
