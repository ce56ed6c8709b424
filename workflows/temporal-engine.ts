/** Temporal as the engine of a cohort's host. */
import {
  CancellationScope,
  condition,
  continueAsNew,
  defineSignal,
  isCancellation,
  patched,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { CohortItem } from '../engine/items.ts';
import { bundledPlan } from './bundled-plans.ts';
import { type CohortActivities, ITEMS_SIGNAL } from './cohort-input.ts';
import type { Engine, Timer } from './engine.ts';
import { STEP_ATTRIBUTE } from './search-attributes.ts';

/** People enter, things happen: at least once, in any order. */
const itemsSignal = defineSignal<[readonly CohortItem[]]>(ITEMS_SIGNAL);

const { perform, recordPositions, whoIsIn } = proxyLocalActivities<CohortActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '100 milliseconds', maximumInterval: '30 seconds' },
});
/** 20 attempts take two hours: whoever's own code still fails then is parked with its error. */
const { runOwnCode } = proxyActivities<CohortActivities>({
  startToCloseTimeout: '10 minutes',
  retry: { initialInterval: '1 second', maximumInterval: '10 minutes', maximumAttempts: 20 },
});

export const temporalEngine: Engine = {
  activities: { perform, recordPositions, runOwnCode, whoIsIn },
  planOf: bundledPlan,
  cancellable(work) {
    const scope = new CancellationScope();
    return { ended: scope.run(work), cancel: () => scope.cancel() };
  },
  identity: () => ({ cohort: workflowInfo().workflowId, execution: workflowInfo().runId }),
  hasExactInstants: () => patched('exact-instants'),
  onItems: (hear) => setHandler(itemsSignal, hear),
  until: (holds) => condition(holds),
  timer,
  history: () => {
    const { continueAsNewSuggested, historyLength } = workflowInfo();
    return { events: historyLength, isLong: continueAsNewSuggested };
  },
  continueAsNew: (input) => continueAsNew<(input: object) => Promise<void>>(input),
  tell: setCurrentDetails,
  stepIndex: {
    read: () => workflowInfo().typedSearchAttributes.get(STEP_ATTRIBUTE),
    write: (step) => upsertSearchAttributes([{ key: STEP_ATTRIBUTE, value: step }]),
  },
};

/**
 * Makes fewer promises than `condition` with a limit, and in the sandbox each promise costs a stack
 * trace.
 */
function timer(ms: number, summary: string): Timer {
  const scope = new CancellationScope();
  return { ended: firedOrCut(scope, ms, summary), cutShort: () => scope.cancel() };
}

async function firedOrCut(scope: CancellationScope, ms: number, summary: string): Promise<void> {
  try {
    await scope.run(() => sleep(ms, { summary }));
  } catch (error) {
    if (!isCancellation(error) || CancellationScope.current().consideredCancelled) throw error;
  }
}
