/** What you know about a person. Conditions, e-mails and scoring read these fields, checked by the compiler. */
import { lead } from 'cultivo';
import * as z from 'zod';

export const Lead = lead(
  z.object({
    name: z.string(),
    email: z.email(),
    company: z.string().optional(),
    /** CSV files and forms hold numbers as text: hence `coerce`. */
    employees: z.coerce.number().int().optional(),
    /** As in Europe/Madrid: days and send windows are those of the lead's own wall clock. */
    timezone: z.string().optional(),
  }),
);
