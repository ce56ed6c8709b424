/** When to wake whom: a binary heap, with one instant for each id. Entries that were outlived are passed over as they come up. */
import type { Instant } from '../dsl/plan.ts';

interface Wake {
  readonly at: Instant;
  readonly id: string;
}

export class WakeQueue {
  private readonly heap: Wake[] = [];
  private readonly instants = new Map<string, Instant>();

  /** From now on the id is to be woken at this instant, and at no other. */
  schedule(id: string, at: Instant | undefined): void {
    if (this.instants.get(id) === at) return;
    if (at === undefined) {
      this.instants.delete(id);
      return;
    }
    this.instants.set(id, at);
    this.push({ at, id });
  }

  /** Who is next: by instant, then by id, the same order on every host. */
  first(): Wake | undefined {
    for (let first = this.heap[0]; first !== undefined; first = this.heap[0]) {
      if (this.instants.get(first.id) === first.at) return first;
      this.pop();
    }
    return undefined;
  }

  /** The next who is due, who then is not any more. */
  takeDue(now: Instant): Wake | undefined {
    const first = this.first();
    if (first === undefined || first.at > now) return undefined;
    this.schedule(first.id, undefined);
    return first;
  }

  private push(wake: Wake): void {
    const { heap } = this;
    let i = heap.length;
    heap.push(wake);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.isBefore(i, parent)) return;
      this.swap(i, parent);
      i = parent;
    }
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    for (let i = 0; ;) {
      const left = 2 * i + 1;
      const right = left + 1;
      let least = i;
      if (left < heap.length && this.isBefore(left, least)) least = left;
      if (right < heap.length && this.isBefore(right, least)) least = right;
      if (least === i) return;
      this.swap(i, least);
      i = least;
    }
  }

  private isBefore(i: number, j: number): boolean {
    const a = this.heap[i];
    const b = this.heap[j];
    if (a === undefined || b === undefined) return false;
    return a.at < b.at || (a.at === b.at && a.id < b.id);
  }

  private swap(i: number, j: number): void {
    const a = this.heap[i];
    const b = this.heap[j];
    if (a === undefined || b === undefined) return;
    this.heap[i] = b;
    this.heap[j] = a;
  }
}
