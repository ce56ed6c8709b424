/** Something that was promised and did not hold. */
export interface Violation {
  /** Which promise: `sent-once`, `arrives`… */
  readonly promise: string;
  readonly detail: string;
  /** In the order of steps; -1: seen at the end. */
  readonly step: number;
}

export type Objecting = (promise: string, detail: string) => void;
