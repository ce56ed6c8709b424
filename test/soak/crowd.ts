/** People who enter one after the other and act as a seed decides, some late, some twice. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Random, randomOf } from '../simulation/random.ts';
import type { Report, Reporter } from './reporter.ts';
import { TOPIC } from './project.ts';

export interface CrowdOptions {
  readonly seed: number;
  readonly reporter: Reporter;
  /** Between two who enter. */
  readonly everyMs: number;
}

/** What somebody does, how long after they came, and how likely. */
const DEEDS: readonly {
  readonly event: string;
  readonly withinMs: number;
  readonly chance: number;
}[] = [
  { event: 'Guide Opened', withinMs: 30_000, chance: 0.5 },
  { event: 'Meeting Booked', withinMs: 60_000, chance: 0.4 },
  { event: 'Webinar Joined', withinMs: 30_000, chance: 0.5 },
  { event: 'Webinar Joined', withinMs: 90_000, chance: 0.3 },
  { event: 'Question Asked', withinMs: 60_000, chance: 0.4 },
  { event: 'Purchased', withinMs: 60_000, chance: 0.1 },
  { event: 'Trial Cancelled', withinMs: 60_000, chance: 0.05 },
];
const LEAVES_CHANCE = 0.15;
const LEAVES_WITHIN_MS = 60_000;
const LATE_CHANCE = 0.1;
const LATE_BY_MS = 60_000;
const AGAIN_CHANCE = 0.15;
const AGAIN_WITHIN_MS = 40_000;
/** Every so many, somebody's address is one that no e-mail can be sent to. */
const REFUSED_EVERY = { row: 37, 'whole-call': 89 };

export const userOf = (who: number): string => `user-${who}`;
export const addressOf = (who: number): string => `person-${who}@a.example`;

export const refusedAddresses = (count: number) =>
  (['row', 'whole-call'] as const).flatMap((how) =>
    Array.from({ length: Math.floor(count / REFUSED_EVERY[how]) }, (_, i) => ({
      address: addressOf((i + 1) * REFUSED_EVERY[how]),
      how,
    })),
  );

export class Crowd {
  /** Those who have come so far. */
  size = 0;
  /** By address: when it was acknowledged that they want nothing more of the topic. */
  readonly left = new Map<string, number>();
  private readonly options: CrowdOptions;
  private readonly busy = new Set<Promise<void>>();
  private readonly ended = new AbortController();
  private readonly coming: Promise<void>;

  constructor(options: CrowdOptions) {
    this.options = options;
    this.coming = this.come();
  }

  /** Nobody comes any more; resolves when all has been said. */
  async end(): Promise<void> {
    this.ended.abort();
    await this.coming;
    while (this.busy.size > 0) await Promise.all(this.busy);
  }

  private async come(): Promise<void> {
    const { signal } = this.ended;
    while (!signal.aborted) {
      const who = this.size++;
      this.inTheBackground(this.live(who, randomOf(`person ${who} of ${this.options.seed}`)));
      await pause(this.options.everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private inTheBackground(work: Promise<void>): void {
    const done: Promise<void> = work.finally(() => this.busy.delete(done));
    this.busy.add(done);
  }

  private async live(who: number, random: Random): Promise<void> {
    const says = (id: string, what: Pick<Report, 'type' | 'event' | 'properties' | 'traits'>) =>
      this.tell(random, { messageId: `${who}-${id}`, userId: userOf(who), ...what });
    const traits = { name: `Person ${who}`, email: addressOf(who) };
    await says('who', { type: 'identify', traits });
    await says('trial', { type: 'track', event: 'Trial Started' });
    for (const [i, { event, withinMs, chance }] of DEEDS.entries())
      if (random.chance(chance))
        this.inTheBackground(
          this.after(random.below(withinMs), () => says(`${i}`, { type: 'track', event })),
        );
    if (!random.chance(LEAVES_CHANCE)) return;
    await pause(random.below(LEAVES_WITHIN_MS));
    const properties = random.chance(0.5) ? { topic: TOPIC } : {};
    await says('leaves', { type: 'track', event: 'Email Unsubscribed', properties });
    this.left.set(addressOf(who), Date.now());
  }

  private async after(ms: number, act: () => Promise<void>): Promise<void> {
    await pause(ms);
    await act();
  }

  private async tell(random: Random, said: Omit<Report, 'timestamp'>): Promise<void> {
    const report: Report = { ...said, timestamp: new Date().toISOString() };
    const isLate = said.messageId.match(/-\d+$/) !== null && random.chance(LATE_CHANCE);
    if (isLate) await pause(random.below(LATE_BY_MS));
    const { reporter } = this.options;
    const again = random.chance(AGAIN_CHANCE) ? random.below(AGAIN_WITHIN_MS) : undefined;
    await reporter.report(report);
    if (again !== undefined) this.inTheBackground(this.after(again, () => reporter.report(report)));
  }
}
