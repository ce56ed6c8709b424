/** What is known about a person. Stands in for the folder that `npm create cultivo` makes. */
import { lead } from 'cultivo';
import * as z from 'zod';

export const Lead = lead(
  z.object({ name: z.string(), email: z.email(), timezone: z.string().optional() }),
);
