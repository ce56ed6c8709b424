/** Ingest over HTTP on a port of its own, with the small project and a store in memory; gone when the test has ended. */
import { onTestFinished } from 'vitest';
import { loadProject } from '../cli/load-project.ts';
import { createIngest, type IngestOptions } from '../ingest/create-ingest.ts';
import { serveIngest } from '../ingest/serve.ts';
import { recordingWorld, type RecordingWorld } from './fixtures/recording-world.ts';
import { smallProject } from './small-project.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface SmallIngest {
  readonly world: RecordingWorld;
  readonly url: string;
  /** A folder for the test, with the config in it. */
  readonly folder: string;
  readonly config: string;
}

export async function serveSmallIngest(options: IngestOptions = {}): Promise<SmallIngest> {
  const folder = temporaryFolder();
  const config = smallProject(folder);
  const { project } = await loadProject(config);
  const world = recordingWorld(project.config, Date.UTC(2026, 2, 2, 10));
  const server = await serveIngest(createIngest(world, options), { port: 0 });
  onTestFinished(() => server.stop());
  return { world, url: server.url, folder, config };
}
