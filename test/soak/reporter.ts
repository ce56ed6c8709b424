/** Tells ingest what people do, again and again until it is acknowledged, and remembers what was. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Random, randomOf } from '../simulation/random.ts';
import type { Objecting } from '../simulation/violation.ts';

/** A message in Segment's shape. */
export interface Report {
  readonly messageId: string;
  readonly type: 'track' | 'identify';
  readonly userId: string;
  readonly timestamp: string;
  readonly event?: string;
  readonly properties?: object;
  readonly traits?: object;
}

export interface ReporterOptions {
  readonly seed: number;
  /** Where ingest answers now. */
  readonly ingests: () => readonly string[];
  readonly key: string;
  readonly object: Objecting;
}

const ANSWER_WITHIN_MS = 6_000;
const LONGEST_PAUSE_MS = 1_500;
const REFUSED = 400;
/** A handoff that no longer waits: sales was too late. */
const CLOSED = 409;
const FAULT = 500;
/** Two of the same, at once. */
const TWICE_AT_ONCE_CHANCE = 0.05;

export class Reporter {
  /** By id, with the instant at which it was known to be recorded. */
  readonly acknowledged = new Map<string, { readonly report: Report; readonly at: number }>();
  open = 0;
  attempts = 0;
  private readonly options: ReporterOptions;
  private readonly random: Random;

  constructor(options: ReporterOptions) {
    this.options = options;
    this.random = randomOf(`reporter of ${options.seed}`);
  }

  async report(report: Report): Promise<void> {
    const tell = () => this.post('/v1/batch', { batch: [report] });
    const again = this.random.chance(TWICE_AT_ONCE_CHANCE) ? [tell()] : [];
    await Promise.all([tell(), ...again]);
    if (!this.acknowledged.has(report.messageId))
      this.acknowledged.set(report.messageId, { report, at: Date.now() });
  }

  /** Until it is taken, or comes too late. @returns whether it was taken. */
  async post(path: string, body: object): Promise<boolean> {
    this.open += 1;
    try {
      for (;;) {
        const status = await this.tryOnce(path, body);
        if (status !== undefined) return status !== CLOSED;
        await pause(this.random.below(LONGEST_PAUSE_MS));
      }
    } finally {
      this.open -= 1;
    }
  }

  private async tryOnce(path: string, body: object): Promise<number | undefined> {
    const urls = this.options.ingests();
    if (urls.length === 0) return undefined;
    this.attempts += 1;
    const { status, text } = await this.call(this.random.pick(urls) + path, body);
    if (status === 404 || status >= FAULT) return undefined;
    const isTooLate = status === CLOSED && path.startsWith('/v1/handoffs/');
    if (status >= REFUSED && !isTooLate)
      this.options.object('input-taken', `${path} answered ${status}: ${text}`);
    return status;
  }

  private async call(url: string, body: object): Promise<{ status: number; text: string }> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${Buffer.from(`${this.options.key}:`).toString('base64')}`,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      return { status: response.status, text: await response.text() };
    } catch {
      return { status: FAULT, text: '' };
    }
  }
}
