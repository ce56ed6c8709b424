/** What a benchmark is: a name for the command line, what it says about itself, and figures. */
import type { Figure } from './figure.ts';

export interface Bench {
  readonly name: string;
  readonly about: string;
  readonly run: () => Promise<readonly Figure[]>;
}
