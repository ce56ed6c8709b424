/**
 * Turns of cohorts that share people: each workflow's clock leaps by itself, so whoever's next instant
 * is the earliest goes first and the others wait. Cohorts that share nobody never wait for each other.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '../../dsl/plan.ts';

interface Player {
  readonly people: Set<string>;
  /** Cohorts that somebody here is or was in too. */
  readonly related: Set<string>;
  /** When it next wants to do something; absent while it does, Infinity when it is over. */
  wants?: Instant;
  /** The earliest thing that it was sent since it last asked: it may not know yet. */
  sent: Instant;
  /** Over unless it is sent something. */
  rests: boolean;
  /** Its latest question: an earlier attempt at the same one gives up. */
  question: number;
}

const LOOK_AGAIN_MS = 2;

export class Turns {
  private readonly players = new Map<string, Player>();

  /** Somebody is about to enter: the cohort acts, or is about to. */
  enters(cohort: string, person: string, at: Instant): void {
    const isNew = !this.players.has(cohort);
    const player = this.player(cohort);
    if (player.wants === Infinity) delete player.wants;
    else if (!isNew) player.sent = Math.min(player.sent, at);
    if (player.people.has(person)) return;
    player.people.add(person);
    for (const [id, other] of this.players) {
      if (id === cohort || !other.people.has(person)) continue;
      other.related.add(cohort);
      player.related.add(id);
    }
  }

  /** Something of that instant is on its way to the cohort. */
  sends(cohort: string, at: Instant): void {
    const player = this.players.get(cohort);
    if (player === undefined) return;
    player.sent = Math.min(player.sent, at);
    if (player.rests) delete player.wants;
    player.rests = false;
  }

  /** The cohort has nobody left. */
  ends(cohort: string): void {
    this.leaves(cohort, false);
  }

  /** The cohort does nothing more by itself. */
  rests(cohort: string): void {
    this.leaves(cohort, true);
  }

  private leaves(cohort: string, rests: boolean): void {
    const player = this.player(cohort);
    player.rests = rests;
    player.wants = Infinity;
    player.question += 1;
  }

  /**
   * Resolves when it is the cohort's turn. `again`: it must hear what it was sent and ask anew.
   *
   * @param next when it wants to do something, asked again whenever others have acted.
   */
  async await(cohort: string, next: () => Instant): Promise<'go' | 'again'> {
    const player = this.player(cohort);
    const question = (player.question += 1);
    for (;;) {
      player.wants = Math.min(next(), player.sent);
      if (this.isFirst(cohort, player)) break;
      await pause(LOOK_AGAIN_MS);
      if (player.question !== question) throw new Error('Settling: asked again meanwhile.');
    }
    const answer = player.sent < next() ? 'again' : 'go';
    delete player.wants;
    player.sent = Infinity;
    return answer;
  }

  /** All that the cohort was sent has reached it. */
  heard(cohort: string): void {
    this.player(cohort).sent = Infinity;
  }

  /** True while somebody of the cohort is in another one that is not over. */
  areShared(cohort: string): boolean {
    return [...this.player(cohort).related].some((id) => this.players.get(id)?.wants !== Infinity);
  }

  private isFirst(cohort: string, { wants = Infinity, related }: Player): boolean {
    for (const id of related) {
      const other = this.players.get(id)?.wants;
      if (
        other === undefined ||
        other < wants ||
        (other === wants && id < cohort && other !== Infinity)
      )
        return false;
    }
    return true;
  }

  private player(cohort: string): Player {
    let player = this.players.get(cohort);
    if (player === undefined) {
      player = { people: new Set(), related: new Set(), sent: Infinity, rests: false, question: 0 };
      this.players.set(cohort, player);
    }
    return player;
  }
}
