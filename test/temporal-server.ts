/**
 * One Temporal server for all live tests of a run, started before the first of them. Tests reach it by
 * `inject('temporalServer')` and keep apart by task queues and workflow ids of their own.
 */
import type { TestProject } from 'vitest/node';
import { readEnvironment } from '../worker/environment.ts';
import { startTemporalServer } from '../temporal-server/start-temporal-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    readonly temporalServer: { readonly address: string; readonly namespace: string };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTemporalServer({ environment: readEnvironment() });
  project.provide('temporalServer', { address: server.address, namespace: server.namespace });
  return () => server.stop();
}
