/** A project of one journey, written into a folder as an author would, for tests of what loads and runs projects. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const SMALL_JOURNEY = 'welcome';

export interface SmallProjectChange {
  /** Of the only wait. Default 3. */
  readonly waitDays?: number;
}

/** @returns the path of its config. */
export function smallProject(folder: string, { waitDays = 3 }: SmallProjectChange = {}): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'cultivo.config.ts');
  writeFileSync(file, source(waitDays));
  return file;
}

/** Imported by address: the folder has no packages of its own. */
const DSL = new URL('../dsl/index.ts', import.meta.url).href;
const ZOD = import.meta.resolve('zod');

const source = (days: number): string => `
import { defineConfig, email, event, html, journey, lead, sendEmail, waitDays } from '${DSL}';
import * as z from '${ZOD}';

const Lead = lead(
  z.object({ name: z.string().optional(), email: z.email().optional(), employees: z.number().optional() }),
);
const hello = (id: string) =>
  email(id, {
    topic: 'news',
    subject: ({ lead }: { lead: { name: string } }) => 'Hola ' + lead.name,
    body: ({ lead }) => html\`<p>Hola \${lead.name}</p>\`,
  });

export default defineConfig({
  journeys: [
    journey('${SMALL_JOURNEY}', { lead: Lead, enter: event('Trial Started') }, [
      sendEmail(hello('first')),
      waitDays(${days}),
      sendEmail(hello('second')),
    ]),
  ],
  brand: { name: 'Sol', email: 'hola@sol.example', postalAddress: 'Calle 1, Madrid' },
  topics: { news: { consent: 'opt-out' } },
});
`;
