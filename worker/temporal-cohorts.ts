/** Cohorts on Temporal: items begin or reach the workflow of their cohort, each cohort's in one request. */
import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { WorkflowIdConflictPolicy, WorkflowIdReusePolicy } from '@temporalio/common';
import { asDeliveryError } from './as-delivery-error.ts';
import { cohortSettings } from '../activities/cohort-settings.ts';
import type { Cohorts, LostCohort } from '../activities/world.ts';
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
    deliver: (cohort, journey, items) => deliver(options, cohort, journey, items).catch(asIsMeant),
    beginAgain: (cohort, items) => beginAgain(options, cohort, items).catch(asIsMeant),
  };
}

function asIsMeant(error: unknown): never {
  throw asDeliveryError(error);
}

async function deliver(
  options: TemporalCohortsOptions,
  cohort: string,
  journey: string,
  items: readonly CohortItem[],
): Promise<boolean> {
  const entries = items.filter((item) => item.type === 'enrol');
  const [first] = entries;
  if (first === undefined) return signal(options.client, cohort, items);
  if (cohort !== `${journey}/${first.run}`) return signalWithStart(options, cohort, journey, items);
  return startAlone(options, cohort, journey, first, items);
}

/** A cohort of one is started with its entry, once for all time: a repeat finds it there, or that it is over. */
async function startAlone(
  options: TemporalCohortsOptions,
  cohort: string,
  journey: string,
  entry: EnrolItem,
  items: readonly CohortItem[],
): Promise<boolean> {
  try {
    await options.client.workflow.start(journey, {
      ...startOptions(options, cohort, journey, entry.lead),
      args: [{ ...inputOf(options, journey, cohort), items }],
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    const others = items.filter((item) => item !== entry);
    if (others.length > 0) return signal(options.client, cohort, others);
  }
  return true;
}

async function signalWithStart(
  options: TemporalCohortsOptions,
  cohort: string,
  journey: string,
  items: readonly CohortItem[],
): Promise<boolean> {
  await options.client.workflow.signalWithStart(journey, {
    ...startOptions(options, cohort, journey),
    args: [{ ...inputOf(options, journey, cohort), ask: { isBegunAgain: false } }],
    signal: ITEMS_SIGNAL,
    signalArgs: [items],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
  });
  return true;
}

/** An id may be used again for this: whoever the store has in it is nowhere else. */
async function beginAgain(
  options: TemporalCohortsOptions,
  { id, journey, lead, anew = false }: LostCohort,
  items: readonly CohortItem[],
): Promise<void> {
  await options.client.workflow.signalWithStart(journey, {
    ...startOptions(options, id, journey, lead),
    args: [{ ...inputOf(options, journey, id), ask: { isBegunAgain: true } }],
    signal: ITEMS_SIGNAL,
    signalArgs: [items],
    workflowIdConflictPolicy: anew
      ? WorkflowIdConflictPolicy.TERMINATE_EXISTING
      : WorkflowIdConflictPolicy.USE_EXISTING,
  });
}

async function signal(
  client: Client,
  cohort: string,
  items: readonly CohortItem[],
): Promise<boolean> {
  try {
    await client.workflow.getHandle(cohort).signal(ITEMS_SIGNAL, items);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

const inputOf = (
  { project, maxEvents, input }: TemporalCohortsOptions,
  journey: string,
  cohort: string,
): CohortInput => ({
  settings: cohortSettings(project, journey, cohort),
  ...(maxEvents === undefined ? {} : { maxEvents }),
  ...input,
});

function startOptions(
  { taskQueue, project }: TemporalCohortsOptions,
  cohort: string,
  journey: string,
  lead?: string,
) {
  const start = project.plans.get(journey)?.start;
  return {
    workflowId: cohort,
    taskQueue,
    staticSummary: lead === undefined ? `${journey}, many people` : `${journey}, one person`,
    typedSearchAttributes: [
      { key: JOURNEY_ATTRIBUTE, value: journey },
      ...(lead === undefined ? [] : [{ key: LEAD_ATTRIBUTE, value: lead }]),
      ...(lead === undefined || start == null ? [] : [{ key: STEP_ATTRIBUTE, value: start }]),
    ],
  };
}
