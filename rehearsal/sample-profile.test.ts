import { expect, test } from 'vitest';
import * as z from 'zod';
import { Lead } from '../examples/three-month-nurture/lead.ts';
import { lead } from '../dsl/index.ts';
import { sampleProfile } from './sample-profile.ts';

test('fits the model, whatever its fields are', () => {
  const strange = lead(
    z.object({
      name: z.string().min(12),
      country: z.enum(['FR', 'DE']),
      seats: z.number().int().gt(9),
      since: z.iso.date(),
      site: z.url(),
      tags: z.array(z.string()).min(2),
      plan: z.union([z.literal('pro'), z.number()]),
      address: z.object({ city: z.string(), floor: z.number().optional() }),
      paying: z.boolean(),
      note: z.string().nullable(),
      employees: z.coerce.number().optional(),
    }),
  );
  for (const model of [Lead, strange]) {
    expect(() => model.schema.parse(sampleProfile(model))).not.toThrow();
  }
  expect(sampleProfile(strange, { seats: 40 })).toMatchObject({ seats: 40, country: 'FR' });
});
