/** Settings of a development server: JSON values by key, as `--dynamic-config-value` takes them. */

/**
 * A server with one shard looks a second ahead for timers and polls its queues 20 times a second:
 * right for a cluster, fifty times too slow for tests that go through months.
 */
const PROMPT_TIMERS = {
  'history.timerProcessorMaxTimeShift': '"1ms"',
  'history.timerProcessorMaxPollRPS': '1000',
  'history.transferProcessorMaxPollRPS': '1000',
  'history.visibilityProcessorMaxPollRPS': '1000',
};

/** Lets a workflow ask for skipped time; the second name is that of later servers. */
const TIME_SKIPPING = {
  'frontend.WorkflowTimeSkippingEnabled': 'true',
  'system.workflowTimeSkippingEnabled': 'true',
};

export function dynamicConfig(timeSkipping: boolean): { readonly [key: string]: string } {
  return timeSkipping ? { ...PROMPT_TIMERS, ...TIME_SKIPPING } : PROMPT_TIMERS;
}
