/** `cultivo/worker`: for programs that run Cultivo themselves. */
export { openStore, type OpenStoreOptions } from '../store/open-store.ts';
export { type Environment, readEnvironment } from './environment.ts';
export { type Cultivo, startCultivo } from './start-cultivo.ts';
export type { StartOptions } from './start-options.ts';
export {
  startTemporalServer,
  type TemporalServer,
} from '../temporal-server/start-temporal-server.ts';
