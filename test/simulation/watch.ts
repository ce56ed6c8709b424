/** What is promised, looked at while it happens: whoever commits or delivers is told of here. */
import type { BehaviourItem } from '../../activities/behaviour/behaviour-item.ts';
import type { OutgoingEmail } from '../../channels/email/outgoing-email.ts';
import { systemEvents } from '../../dsl/system-events.ts';
import { type Decision, decisions, type Message, messages } from '../../store/tables/index.ts';
import type { Written } from './gated-store.ts';
import { TOPIC } from './project-of.ts';
import { addressOf, SOURCE, userOf } from './crowd.ts';
import type { Scenario } from './scenario.ts';
import type { Delivered } from './simulated-provider.ts';
import type { Objecting } from './violation.ts';

interface OptOut {
  readonly at: number;
  readonly isOut: boolean;
}

export class Watch {
  private readonly object: Objecting;
  /** Everything that somebody was told is recorded. */
  readonly acknowledged = new Map<string, BehaviourItem>();
  private readonly deliveredKeys = new Map<string, number>();
  /** By address: the word that was said last, of those that are acknowledged. */
  private readonly left = new Map<string, OptOut>();
  private readonly closed = new Set<string>();
  private readonly addressOfPerson: ReadonlyMap<string, string>;
  /** Messages that were made ready, by key: under which batch. */
  private readonly ready = new Map<string, string>();

  constructor(scenario: Scenario, object: Objecting) {
    this.object = object;
    this.addressOfPerson = new Map(
      scenario.people.flatMap((_, who) => [
        [userOf(who), addressOf(who)] as const,
        [`visitor-${who}`, addressOf(who)] as const,
      ]),
    );
  }

  /** Whoever allows something may be written to before they hear that it is recorded. */
  sent(items: readonly BehaviourItem[]): void {
    for (const item of items) if (item.source === SOURCE) this.hearPermission(item, false);
  }

  acknowledge(items: readonly BehaviourItem[]): void {
    for (const item of items) {
      this.acknowledged.set(`${item.source}/${item.id}`, item);
      if (item.source === SOURCE) this.hearPermission(item, true);
    }
  }

  private hearPermission(item: BehaviourItem, isRecorded: boolean): void {
    const name = 'userId' in item ? (item.userId ?? item.anonymousId) : undefined;
    const address = this.addressOfPerson.get(name ?? '');
    if (address === undefined) return;
    if (item.type === 'track') {
      if (!isRecorded) return;
      if (item.name !== systemEvents.emailUnsubscribed) return;
      if (item.properties['topic'] === TOPIC) this.say(address, { at: item.at, isOut: true });
      else this.closed.add(address);
      return;
    }
    const { consents } = item.traits;
    const given = consents as { readonly [topic: string]: boolean } | undefined; // as the crowd says it
    const allowed = given?.[TOPIC];
    if (allowed === true || (allowed === false && isRecorded))
      this.say(address, { at: item.at, isOut: !allowed });
  }

  private say(address: string, said: OptOut): void {
    if ((this.left.get(address)?.at ?? -Infinity) <= said.at) this.left.set(address, said);
  }

  commit(writes: readonly Written[]): void {
    for (const { how, table, rows } of writes) {
      const name = table?.name;
      if (name === messages.name && how === 'change') {
        // A change names the key, and may carry what is about to leave.
        for (const row of rows as Partial<Message>[]) this.seeReady(row);
      }
      if (name === decisions.name && how === 'add') {
        for (const row of rows as Partial<Decision>[]) {
          if (row.verdict === 'send' && row.until) this.object('gate', `${row.key} was deferred`);
        }
      }
    }
  }

  private seeReady({ key = '', rendered }: Partial<Message>): void {
    if (rendered === null || rendered === undefined) return;
    const { to, batch } = rendered as unknown as OutgoingEmail & { batch: string }; // as lanes keep them
    if (this.ready.get(key) === batch) return;
    this.ready.set(key, batch);
    if (this.closed.has(to)) this.object('respects-no', `${key} goes to ${to}, who wants nothing`);
    // A receipt has no topic: only those that have one carry its footer.
    const isMarketing = 'headers' in (rendered as object) && this.isMarketing(rendered as never);
    if (isMarketing && this.left.get(to)?.isOut === true)
      this.object('respects-no', `${key} goes to ${to}, who has left ${TOPIC}`);
  }

  private isMarketing = ({ headers }: { readonly headers: { readonly [name: string]: string } }) =>
    Object.keys(headers).some((name) => name.toLowerCase() === 'list-unsubscribe');

  deliver({ message }: Delivered): void {
    const count = (this.deliveredKeys.get(message.key) ?? 0) + 1;
    this.deliveredKeys.set(message.key, count);
    if (count > 1) this.object('sent-once', `${message.key} has left ${count} times`);
  }

  deliveries(key: string): number {
    return this.deliveredKeys.get(key) ?? 0;
  }

  get allDelivered(): readonly string[] {
    return [...this.deliveredKeys.keys()];
  }
}
