/** Links to the CRM and small named values. */
import type { Transaction } from '../store.ts';
import type { MemoryTables } from './memory-tables.ts';
import { rowsOf } from './rows-of.ts';

type Queries = Pick<Transaction, 'crmLinks' | 'putCrmLinks' | 'value' | 'putValue'>;

export function memoryValues({ crmLinks, values }: MemoryTables): Queries {
  return {
    async crmLinks(keys) {
      return rowsOf(crmLinks, keys);
    },
    async putCrmLinks(rows) {
      for (const row of rows) crmLinks.put(row.key, row);
    },
    async value(name) {
      return values.get(name);
    },
    async putValue(name, value) {
      values.put(name, value);
    },
  };
}
