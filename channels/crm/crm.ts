/** The role of the system where sales works. Adapters pass its contract suite. */

/** Keeps leads, owners, stages and tasks. Every call is idempotent by its key. */
export interface Crm {
  readonly vendor: string;
  readonly callsPerSecond: number;
  upsertLead(key: string, fields: { readonly [name: string]: unknown }): Promise<CrmResult>;
  setStage(leadId: string, stage: string): Promise<CrmResult>;
  assignOwner(leadId: string, owner: string): Promise<CrmResult>;
  createTask(key: string, task: CrmTask): Promise<CrmResult>;
  addNote(
    key: string,
    note: { readonly leadId: string; readonly text: string; readonly at: number },
  ): Promise<CrmResult>;
}

export interface CrmResult {
  readonly id: string;
  readonly created: boolean;
}

export interface CrmTask {
  readonly leadId: string;
  readonly owner: string;
  /** `call`, `handoff`, `notify`, `escalation`. */
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly at: number;
  readonly dueAt: number | null;
  /** Where sales answers a handoff. */
  readonly answerTo: string | null;
  /** Set on a handoff's task: whose it is and which step waits for the answer. Opaque ids. */
  readonly handoff?: { readonly person: string; readonly run: string; readonly step: string };
}

/** The CRM does not take this operation and never will as it is: its row fails, the others go on. */
export class CrmRefusal extends Error {
  override readonly name = 'CrmRefusal';
  readonly code: string;
  /** @param message without personal data: it is kept with the row. */
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
