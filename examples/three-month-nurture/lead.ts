/** What Northvane, which shows factories where their energy goes, knows about a person. */
import { lead } from 'cultivo';
import * as z from 'zod';

const profile = z.object({
  name: z.string(),
  email: z.email(),
  company: z.string(),
  role: z.enum(['executive', 'plant-manager', 'energy-manager', 'engineer', 'student']),
  sector: z.enum(['automotive', 'chemicals', 'food', 'logistics', 'metals', 'packaging', 'other']),
  /** ISO 3166, two letters. */
  country: z.string().length(2),
  /** On the lead's site, as the contact form asks it; CSV files hold it as text. */
  employees: z.coerce.number().int().optional(),
  phone: z.string().optional(),
  timezone: z.string().optional(),
  /** A team member's id; left out: the config shares leads out. */
  owner: z.string().optional(),
  /** The guide that the lead downloaded last; the site says so when it identifies the lead. */
  guide: z.enum(['peak-load', 'compressed-air', 'iso-50001']).optional(),
});

export type Lead = z.output<typeof profile>;

export const Lead = lead(profile);
