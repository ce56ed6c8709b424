/** The script of a story: what people and sales will do, by instant. Both hosts release it as their clocks pass. */
import type { Instant, JsonObject } from '../dsl/plan.ts';

/** One thing that happens. `person` is the store's id. */
export interface Cue {
  readonly id: string;
  readonly person: string;
  readonly at: Instant;
  readonly name: string;
  readonly properties: JsonObject;
  /** Done there by somebody whom nobody knows there yet. */
  readonly device?: string;
}

export class Script {
  private cues: Cue[];
  private played: Instant | undefined;

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

  /** The latest instant at which anything has happened. */
  now(beginning: Instant): Instant {
    return this.played ?? beginning;
  }

  /** Takes what happens up to an instant, in order. */
  take(upTo: Instant, people?: ReadonlySet<string>): readonly Cue[] {
    if ((this.cues[0]?.at ?? Infinity) > upTo) return [];
    const taken = this.cues.filter((cue) => cue.at <= upTo && (people?.has(cue.person) ?? true));
    this.remove(taken);
    return taken;
  }

  /** Takes the next thing of everybody who is not busy. */
  takeFirstOfEach(busy: ReadonlySet<string>): readonly Cue[] {
    const seen = new Set(busy);
    const first = this.cues.filter(({ person }) => !seen.has(person) && seen.add(person));
    this.remove(first);
    return first;
  }

  private remove(taken: readonly Cue[]): void {
    if (taken.length === 0) return;
    const gone = new Set(taken);
    this.cues = this.cues.filter((cue) => !gone.has(cue));
    for (const { at } of taken) this.played = Math.max(at, this.played ?? at);
  }

  private sort(): void {
    this.cues.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  }
}
