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
