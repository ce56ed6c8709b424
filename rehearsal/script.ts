/** The script of a story: what people and sales will do, by instant. Both hosts release it as their clocks pass. */
import type { Instant, JsonObject } from '../dsl/plan.ts';

/** One thing that happens. `person` is the store's id. */
export interface Cue {
  readonly id: string;
  readonly person: string;
  readonly at: Instant;
  readonly name: string;
  readonly properties: JsonObject;
}

export class Script {
  private cues: Cue[];

  constructor(cues: readonly Cue[]) {
    this.cues = [...cues];
    this.sort();
  }

  add(cue: Cue): void {
    this.cues.push(cue);
    this.sort();
  }

  /** When something happens next, to one of these people where some are named. */
  next(people?: ReadonlySet<string>): Instant | undefined {
    return this.cues.find(({ person }) => people?.has(person) ?? true)?.at;
  }

  /** Takes what happens up to an instant, in order. */
  take(upTo: Instant, people?: ReadonlySet<string>): readonly Cue[] {
    if ((this.cues[0]?.at ?? Infinity) > upTo) return [];
    const taken: Cue[] = [];
    this.cues = this.cues.filter((cue) => {
      const due = cue.at <= upTo && (people?.has(cue.person) ?? true);
      if (due) taken.push(cue);
      return !due;
    });
    return taken;
  }

  private sort(): void {
    this.cues.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }
}
