/** Links to the CRM and small named values. */
import { sql } from 'kysely';
import type { Json } from '../../dsl/plan.ts';
import type { CrmLink } from '../rows.ts';
import type { Transaction } from '../store.ts';
import { jsonText, textArray } from './json-text.ts';
import { insertInto, lastOfEach, type Db } from './table.ts';
import { crmLinks } from './tables.ts';

type Queries = Pick<Transaction, 'crmLinks' | 'putCrmLinks' | 'value' | 'putValue'>;

export function valueQueries(db: Db): Queries {
  return {
    async crmLinks(keys) {
      if (keys.length === 0) return [];
      const found = await sql<CrmLink>`
        select ${crmLinks.row} from ${crmLinks.name} where key = any(${textArray(keys)}::text[])
      `.execute(db);
      return found.rows;
    },
    async putCrmLinks(rows) {
      if (rows.length === 0) return;
      await sql`
        ${insertInto(
          crmLinks,
          lastOfEach(rows, (row) => row.key),
        )}
        on conflict (key) do update set kind = excluded.kind, external_id = excluded.external_id
      `.execute(db);
    },
    async value(name) {
      const { rows } = await sql<{ value: Json }>`
        select value from cultivo.named_values where name = ${name}
      `.execute(db);
      return rows[0]?.value;
    },
    async putValue(name, value) {
      await sql`
        insert into cultivo.named_values (name, value) values (${name}, ${jsonText(value)}::text::jsonb)
        on conflict (name) do update set value = excluded.value
      `.execute(db);
    },
  };
}
