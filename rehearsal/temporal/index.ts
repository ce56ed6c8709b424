/** `cultivo/testing/temporal`: the same stories, played on a real Temporal server. */
export { onTemporal, type TemporalHostOptions } from './on-temporal.ts';
