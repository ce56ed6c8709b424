/** What people and programs look at: JSON of the views, and pages of them. */
import type { Routes } from '../ingest/create-ingest.ts';
import { peopleRoutes } from './people-routes.ts';

export const studioRoutes: Routes = [['/v1/people', peopleRoutes, 'admin key']];
