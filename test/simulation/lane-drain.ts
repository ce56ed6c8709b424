/** A lane's activity as the engine keeps it going: batch after batch, on some machine, tried again when it breaks. */
import { laneRows } from '../../store/tables/index.ts';
import { drainBatch, type Drained } from '../../activities/lanes/drain-batch.ts';
import { ProviderUnavailable } from '../../activities/lanes/sender.ts';
import type { Clockwork } from './clockwork.ts';
import type { Cluster } from './cluster.ts';

const SILENT_MS = 10_000;
const FIRST_RETRY_MS = 200;
const LONGEST_RETRY_MS = 60_000;
const PARK_MS = 15 * 60_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const LOOK_AGAIN_MS = 5_000;

export class LaneDrain {
  private readonly lane: string;
  private readonly clockwork: Clockwork;
  private readonly cluster: Cluster;
  private isWorking = false;
  private isNeeded = false;
  private failures = 0;
  private pauses = 0;

  constructor(lane: string, clockwork: Clockwork, cluster: Cluster) {
    this.lane = lane;
    this.clockwork = clockwork;
    this.cluster = cluster;
  }

  get isAtRest(): boolean {
    return !this.isWorking;
  }

  /** There may be rows. */
  ring(): void {
    this.isNeeded = true;
    if (this.isWorking) return;
    this.isWorking = true;
    void this.drain();
  }

  private async drain(): Promise<void> {
    while (this.isNeeded) {
      this.isNeeded = false;
      let later = 0;
      const outcome = await this.cluster.onSome<Drained>(`drains ${this.lane}`, async (machine) => {
        const drained = await drainBatch(machine.world, this.lane);
        const find = { lane: this.lane, status: ['later', 'claimed'] } as const;
        later = (await machine.world.store.transaction((tx) => tx.find(laneRows, find))).length;
        return drained;
      });
      const ms = this.pauseAfter(outcome);
      if (ms === undefined) {
        if (later > 0) this.lookAgain();
        continue;
      }
      this.isNeeded = true;
      const wait = this.cluster.delay(ms);
      if (wait > 0) await this.clockwork.sleep(wait, `${this.lane} goes on`);
    }
    this.isWorking = false;
  }

  private lookAgain(): void {
    this.clockwork.after(LOOK_AGAIN_MS, `${this.lane} looks again`, () => this.ring());
  }

  /** Undefined: the lane is empty. */
  private pauseAfter(outcome: Awaited<ReturnType<Cluster['onSome']>>): number | undefined {
    if ('lost' in outcome) return SILENT_MS;
    if ('error' in outcome) return this.retryAfter(outcome.error);
    this.failures = 0;
    // As the drain above gave it.
    const { rows, waiting, parted } = outcome.value as Drained;
    if (rows === 0 && waiting > 0) {
      return Math.min(FIRST_PAUSE_MS * 2 ** Math.min(this.pauses++, 20), LONGEST_PAUSE_MS);
    }
    this.pauses = 0;
    return rows + parted > 0 ? 0 : undefined;
  }

  private retryAfter(error: unknown): number {
    this.failures += 1;
    const own = Math.min(FIRST_RETRY_MS * 2 ** Math.min(this.failures, 20), LONGEST_RETRY_MS);
    if (!(error instanceof ProviderUnavailable)) return own;
    return error.retryAfterMs ?? (error.park ? PARK_MS : own);
  }
}
