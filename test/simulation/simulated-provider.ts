/**
 * A provider of e-mail that breaks in every way a provider can. It knows a call's key for a day, as Resend does,
 * and nothing of messages' own keys: what comes under two calls' keys goes out twice.
 */
import {
  ProviderUnavailable,
  type Sender,
  type SendOutcome,
} from '../../activities/lanes/sender.ts';
import type { OutgoingEmail } from '../../channels/email/outgoing-email.ts';
import type { Instant } from '../../dsl/plan.ts';
import type { Clockwork } from './clockwork.ts';
import type { Faults } from './faults.ts';
import type { Machine } from './machine.ts';
import { hashOf } from './random.ts';

export interface Delivered {
  readonly message: OutgoingEmail;
  readonly at: Instant;
  readonly step: number;
}

interface Call {
  readonly at: Instant;
  readonly body: number;
  readonly answers: readonly SendOutcome[];
}

const HOUR_MS = 3_600_000;
/** As the senders that are real have it. */
const CALL_LASTS_MS = 30_000;

export class SimulatedProvider {
  readonly delivered: Delivered[] = [];
  private readonly calls = new Map<string, Call>();
  private readonly clockwork: Clockwork;
  private readonly faults: Faults;
  private readonly hear: (delivered: Delivered) => void;

  constructor(clockwork: Clockwork, faults: Faults, hear: (delivered: Delivered) => void) {
    this.clockwork = clockwork;
    this.faults = faults;
    this.hear = hear;
  }

  /** As one machine reaches it. */
  from(machine: Machine, maxBatch: number): Sender<OutgoingEmail> {
    return {
      vendor: 'simulated',
      maxBatch,
      callsPerSecond: Infinity,
      idempotencyWindowMs: 23 * HOUR_MS,
      send: async (key, messages) => {
        const calledAt = this.clockwork.now;
        await this.clockwork.gate(machine, `${machine.name} sends ${messages.length} as ${key}`);
        // A sender calls off what has not left in time.
        if (this.clockwork.now - calledAt > CALL_LASTS_MS) throw unavailable('no-answer', {});
        this.refuse();
        const answers = this.take(key, messages);
        await this.clockwork.gate(machine, `${machine.name} has sent ${key}`);
        if (this.faults.hit('provider-error-after')) throw unavailable('500', {});
        if (this.faults.hit('provider-silent')) throw unavailable('no-answer', {});
        return answers;
      },
    };
  }

  private refuse(): void {
    const { faults } = this;
    if (faults.hit('provider-busy')) throw unavailable('429', { retryAfterMs: 1_000 });
    if (faults.hit('provider-error')) throw unavailable('500', {});
    if (faults.hit('provider-shapeless')) throw new TypeError('Cannot read properties of null');
    if (faults.hit('provider-quota'))
      throw unavailable('daily_quota_exceeded', { retryAfterMs: HOUR_MS, park: true });
  }

  private take(key: string, messages: readonly OutgoingEmail[]): readonly SendOutcome[] {
    const body = hashOf(JSON.stringify(messages));
    const known = this.calls.get(key);
    if (known !== undefined && known.at > this.clockwork.now - 24 * HOUR_MS) {
      return known.body === body ? known.answers : messages.map(() => ANOTHER_BODY);
    }
    const answers = messages.map((message): SendOutcome => {
      this.deliver(message);
      return { status: 'sent', providerId: `sent-${this.delivered.length}` };
    });
    this.calls.set(key, { at: this.clockwork.now, body, answers });
    return answers;
  }

  private deliver(message: OutgoingEmail): void {
    const delivered = { message, at: this.clockwork.now, step: this.clockwork.steps };
    this.delivered.push(delivered);
    this.hear(delivered);
  }
}

const ANOTHER_BODY: SendOutcome = {
  status: 'unknown',
  code: 'invalid_idempotent_request',
  detail: 'The same key was used for something else.',
};

const unavailable = (
  code: string,
  options: ConstructorParameters<typeof ProviderUnavailable>[2],
): ProviderUnavailable => new ProviderUnavailable(code, `The provider: ${code}`, options);
