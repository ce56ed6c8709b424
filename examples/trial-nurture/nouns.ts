/** What the journey speaks of: the lead and what it does. */
import { event, lead, points, scoring } from 'cultivo';
import * as z from 'zod';

export const Lead = lead(
  z.object({ name: z.string(), email: z.email(), timezone: z.string().optional() }),
);
export const TrialStarted = event('Trial Started');
export const MeetingBooked = event('Meeting Booked');
export const ProjectCreated = event('Project Created');

export const model = scoring({ engagement: [points(30, { on: ProjectCreated })] });
