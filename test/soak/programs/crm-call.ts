/** A call to the soak's CRM as it travels, and as its journal keeps it. */
import type { Crm } from '../../../channels/crm/crm.ts';

export interface CrmCall {
  readonly method: 'upsertLead' | 'changeLead' | 'createTask' | 'addNote';
  readonly args: readonly unknown[];
}

export type CrmMethods = Omit<Crm, 'vendor' | 'callsPerSecond'>;
