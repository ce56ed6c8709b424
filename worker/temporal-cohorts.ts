/** Cohorts on Temporal: items begin or reach the workflow of their cohort, each cohort's in one request. */
import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import { asDeliveryError } from './as-delivery-error.ts';
import { cohortSettings } from '../activities/cohort-settings.ts';
import type { Cohorts } from '../activities/world.ts';
import type { Project } from '../dsl/project.ts';
import type { CohortItem, EnrolItem } from '../engine/items.ts';
import { type CohortInput, ITEMS_SIGNAL } from '../workflows/cohort-input.ts';
import {
  JOURNEY_ATTRIBUTE,
  LEAD_ATTRIBUTE,
  STEP_ATTRIBUTE,
} from '../workflows/search-attributes.ts';

export interface TemporalCohortsOptions {
  readonly client: Client;
  readonly taskQueue: string;
  readonly project: Project;
  /** A cohort goes on in a new execution after so many events of history. Default 8,000. */
  readonly maxEvents?: number | undefined;
  /** What else its workflows are started with. */
  readonly input?: object;
}

/** At least once; a cohort that is over drops what comes late. */
export function temporalCohorts(options: TemporalCohortsOptions): Cohorts {
  return {
    deliver: (cohort, journey, items) =>
      deliver(options, cohort, journey, items).catch((error: unknown) => {
        throw asDeliveryError(error);
      }),
  };
}

async function deliver(
  options: TemporalCohortsOptions,
  cohort: string,
  journey: string,
  items: readonly CohortItem[],
): Promise<void> {
  const entries = items.filter((item) => item.type === 'enrol');
  const [first] = entries;
  if (first === undefined) return signal(options.client, cohort, items);
  if (cohort !== `${journey}/${first.run}`) return signalWithStart(options, cohort, journey, items);
  return startAlone(options, cohort, journey, first, items);
}

/** A cohort of one is started with its entry, once for all time: a repeat finds it there. */
async function startAlone(
  options: TemporalCohortsOptions,
  cohort: string,
  journey: string,
  entry: EnrolItem,
  items: readonly CohortItem[],
): Promise<void> {
  try {
    await options.client.workflow.start(journey, {
      ...startOptions(options, cohort, journey, entry),
      args: [{ ...inputOf(options, journey), items }],
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const others = items.filter((item) => item !== entry);
    if (others.length > 0) await signal(options.client, cohort, others);
  }
}

async function signalWithStart(
  options: TemporalCohortsOptions,
  cohort: string,
  journey: string,
  items: readonly CohortItem[],
): Promise<void> {
  await options.client.workflow.signalWithStart(journey, {
    ...startOptions(options, cohort, journey),
    args: [inputOf(options, journey)],
    signal: ITEMS_SIGNAL,
    signalArgs: [items],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
  });
}

async function signal(client: Client, cohort: string, items: readonly CohortItem[]): Promise<void> {
  try {
    await client.workflow.getHandle(cohort).signal(ITEMS_SIGNAL, items);
  } catch (error) {
    // Everybody in it has come to an end: nobody is left to hear it.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

const inputOf = (
  { project, maxEvents, input }: TemporalCohortsOptions,
  journey: string,
): CohortInput => ({
  settings: cohortSettings(project, journey),
  ...(maxEvents === undefined ? {} : { maxEvents }),
  ...input,
});

function startOptions(
  { taskQueue, project }: TemporalCohortsOptions,
  cohort: string,
  journey: string,
  entry?: EnrolItem,
) {
  const start = project.plans.get(journey)?.start;
  return {
    workflowId: cohort,
    taskQueue,
    staticSummary: entry === undefined ? `${journey}, many people` : `${journey}, one person`,
    typedSearchAttributes: [
      { key: JOURNEY_ATTRIBUTE, value: journey },
      ...(entry === undefined ? [] : [{ key: LEAD_ATTRIBUTE, value: entry.lead }]),
      ...(entry === undefined || start == null ? [] : [{ key: STEP_ATTRIBUTE, value: start }]),
    ],
  };
}
