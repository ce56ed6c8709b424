/** What is there once everything has come to rest: in the store, at the vendors, in Temporal. */
import type { Client } from '@temporalio/client';
import type { Store } from '../../store/store.ts';
import {
  decisions,
  enrolments,
  events,
  laneRows,
  messages,
  UNFINISHED,
} from '../../store/tables/index.ts';
import { isUnderWay } from '../../engine/run.ts';
import { JOURNEY_ATTRIBUTE } from '../../workflows/search-attributes.ts';
import { readAccepted, type Accepted } from '../fakes/resend-journal.ts';
import type { CrmTask } from '../../channels/crm/crm.ts';
import { LONG_WAIT } from './project.ts';
import { tasksIn } from './sales.ts';

export type Rows = Awaited<ReturnType<typeof readRows>>;

export interface Outcome extends Rows {
  readonly accepted: readonly Accepted[];
  readonly tasks: readonly CrmTask[];
  /** Ids of cohorts' workflows that run. */
  readonly running: readonly string[];
  /** Those that ended otherwise than by themselves, with how. */
  readonly broken: readonly string[];
}

export const readRows = (store: Store) =>
  store.transaction(async (tx) => ({
    runs: await tx.find(enrolments, {}),
    decisions: await tx.find(decisions, {}),
    messages: await tx.find(messages, {}),
    lanes: await tx.find(laneRows, { status: UNFINISHED }),
    events: await tx.find(events, {}),
  }));

export async function readOutcome(
  store: Store,
  client: Client,
  journals: { readonly resend: string; readonly crm: string },
): Promise<Outcome> {
  const executions = [];
  for await (const each of client.workflow.list({ query: `${JOURNEY_ATTRIBUTE.name} IS NOT NULL` }))
    executions.push(each);
  const broken = executions.filter(({ status: { name } }) =>
    ['FAILED', 'TERMINATED', 'TIMED_OUT', 'CANCELLED'].includes(name),
  );
  return {
    ...(await readRows(store)),
    accepted: readAccepted(journals.resend),
    tasks: tasksIn(journals.crm),
    running: executions
      .filter(({ status }) => status.name === 'RUNNING')
      .map(({ workflowId }) => workflowId),
    broken: broken.map(({ workflowId, status }) => `${workflowId} ${status.name}`),
  };
}

/** How many things are still to come to rest. */
export async function unrestful(store: Store): Promise<number> {
  const { runs, lanes } = await store.transaction(async (tx) => ({
    runs: await tx.find(enrolments, {}),
    lanes: await tx.find(laneRows, { status: UNFINISHED }),
  }));
  const moving = runs.filter(({ status, step }) => isUnderWay(status) && step !== LONG_WAIT);
  return moving.length + lanes.length;
}
