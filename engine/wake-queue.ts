/** A binary heap of wake-ups. Entries that a run has outlived are passed over when they come up. */
import type { Instant } from '../dsl/plan.ts';

export class WakeQueue {
  private readonly heap: { at: Instant; run: string }[] = [];

  add(at: Instant, run: string): void {
    const { heap } = this;
    let i = heap.length;
    heap.push({ at, run });
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.before(i, parent)) return;
      this.swap(i, parent);
      i = parent;
    }
  }

  first(): { readonly at: Instant; readonly run: string } | undefined {
    return this.heap[0];
  }

  removeFirst(): void {
    const { heap } = this;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    for (let i = 0; ;) {
      const left = 2 * i + 1;
      const right = left + 1;
      let least = i;
      if (left < heap.length && this.before(left, least)) least = left;
      if (right < heap.length && this.before(right, least)) least = right;
      if (least === i) return;
      this.swap(i, least);
      i = least;
    }
  }

  /** By instant, then by run id: the same order on every host. */
  private before(i: number, j: number): boolean {
    const a = this.heap[i];
    const b = this.heap[j];
    if (a === undefined || b === undefined) return false;
    return a.at < b.at || (a.at === b.at && a.run < b.run);
  }

  private swap(i: number, j: number): void {
    const a = this.heap[i];
    const b = this.heap[j];
    if (a === undefined || b === undefined) return;
    this.heap[i] = b;
    this.heap[j] = a;
  }
}
