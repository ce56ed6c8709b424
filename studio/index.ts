/** What people and programs look at: JSON of the views, and pages of them. */
import { Hono } from 'hono';
import type { Routes } from '../ingest/create-ingest.ts';
import { ROOT } from './frame.ts';
import type { StudioAccess } from './let-in.ts';
import { peopleRoutes } from './people-routes.ts';
import { studioPages } from './studio-routes.ts';

export type { StudioAccess } from './let-in.ts';

/** What somebody types who knows the address alone. */
const toStudio = (): Hono =>
  new Hono()
    .get('/', (context) => context.redirect(ROOT))
    .get(`${ROOT}/`, (context) => context.redirect(ROOT));

export const studioRoutes = (access: StudioAccess): Routes => [
  ['/v1/people', peopleRoutes(access), 'admin key'],
  [ROOT, studioPages(access), 'admin key'],
  ['/', toStudio, 'admin key'],
];
