/** The soak's CRM as a worker reaches it. */
import { type Crm, CrmRefusal, type CrmResult } from '../../../channels/crm/crm.ts';
import type { CrmCall } from './crm-call.ts';

const TIMEOUT_MS = 10_000;

export function httpCrm(url: string): Crm {
  async function call(method: CrmCall['method'], ...args: CrmCall['args']): Promise<CrmResult> {
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ method, args } satisfies CrmCall),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return (await response.json()) as CrmResult; // as `serveCrm` answers
    if (response.status !== 422) throw new Error(`The CRM answered ${response.status}.`);
    const { code, message } = (await response.json()) as { code: string; message: string }; // as above
    throw new CrmRefusal(code, message);
  }
  return {
    vendor: 'soak',
    callsPerSecond: Infinity,
    upsertLead: (key, fields) => call('upsertLead', key, fields),
    setStage: (leadId, stage) => call('changeLead', leadId, { stage }),
    assignOwner: (leadId, owner) => call('changeLead', leadId, { owner }),
    createTask: (key, task) => call('createTask', key, task),
    addNote: (key, note) => call('addNote', key, note),
  };
}
