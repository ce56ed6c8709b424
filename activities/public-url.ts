/** Where the project answers to the world: unsubscribe links and sales' answers begin with it. */
import type { Project } from '../dsl/project.ts';

/** The brand's `publicUrl` without a trailing slash; by default ingest on this machine. */
export const publicUrl = ({ config }: Pick<Project, 'config'>): string =>
  (config.brand?.publicUrl ?? 'http://127.0.0.1:4000').replace(/\/+$/, '');
