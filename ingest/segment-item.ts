/** One message in Segment's shapes, as most senders of behaviour speak them, to an item for the store. */
import * as z from 'zod';
import type { BehaviourItem } from '../activities/behaviour/behaviour-item.ts';
import type { Instant, JsonObject } from '../dsl/plan.ts';
import { correctClock } from './correct-clock.ts';
import { problemsIn, type DataProblem } from '../activities/data-problem.ts';
import { emailText, id, instant, objectWith, text, where } from './message-fields.ts';

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An e-mail address names its lead, consents name topics; what is neither names nobody. */
const traits = objectWith({
  email: where(isText, emailText).optional(),
  consents: where(isObject, z.record(text, z.unknown())).optional(),
});

/** Of behaviour that takes a consent back. */
const properties = objectWith({ topic: where(isText, text).optional() });

const common = {
  messageId: id.nullish(),
  userId: id.nullish(),
  anonymousId: id.nullish(),
  timestamp: instant.nullish(),
  originalTimestamp: instant.nullish(),
  sentAt: instant.nullish(),
  context: z
    .object({ userAgent: z.string().nullish(), ip: z.string().nullish(), traits: traits.nullish() })
    .nullish(),
};
const named = { email: emailText.nullish(), properties: properties.nullish() };

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('track'), ...common, ...named, event: text }),
  z.object({ type: z.literal('identify'), ...common, traits: traits.nullish() }),
  z.object({ type: z.literal('page'), ...common, ...named, name: text.nullish() }),
  z.object({ type: z.literal('screen'), ...common, ...named, name: text.nullish() }),
  z.object({ type: z.literal('alias'), ...common, userId: id, previousId: id }),
  z.object({ type: z.literal('group'), ...common }),
]);
type Message = z.output<typeof message>;

interface Reception {
  readonly source: string;
  readonly receivedAt: Instant;
  /** Of the whole batch. */
  readonly sentAt?: Instant | null | undefined;
  /** The id of a message that brings none. */
  readonly newId: () => string;
}

type ReadItem =
  { readonly item: BehaviourItem | undefined } | { readonly problems: readonly DataProblem[] };

/** The item; undefined for kinds that say nothing about a person (`group`). */
export function readSegmentItem(value: unknown, reception: Reception): ReadItem {
  const parsed = message.safeParse(value);
  if (!parsed.success) return { problems: problemsIn(parsed.error.issues, value) };
  const item = toItem(parsed.data, reception);
  return item === undefined || saysWho(item) ? { item } : { problems: [NOBODY] };
}

const NOBODY = { path: '', expected: 'userId, anonymousId or email', received: 'none of them' };

function toItem(said: Message, reception: Reception): BehaviourItem | undefined {
  const base = {
    source: reception.source,
    id: said.messageId ?? reception.newId(),
    at: correctClock({
      happenedAt: said.originalTimestamp ?? said.timestamp,
      sentAt: said.sentAt ?? reception.sentAt,
      receivedAt: reception.receivedAt,
    }),
    userId: said.userId ?? undefined,
    anonymousId: said.anonymousId ?? undefined,
  };
  switch (said.type) {
    case 'identify':
      return { type: 'identify', ...base, traits: said.traits ?? {} };
    case 'alias':
      return { type: 'identify', ...base, anonymousId: said.previousId, traits: {} };
    case 'group':
      return undefined;
    default:
      return {
        type: 'track',
        ...base,
        name: said.type === 'track' ? said.event : VIEWS[said.type],
        email: said.email ?? emailIn(said.context?.traits),
        properties: {
          ...(said.type !== 'track' && typeof said.name === 'string' ? { name: said.name } : {}),
          ...said.properties,
        },
        context: {
          userAgent: said.context?.userAgent ?? undefined,
          ip: said.context?.ip ?? undefined,
        },
      };
  }
}

const VIEWS = { page: 'Page Viewed', screen: 'Screen Viewed' } as const;

const emailIn = (traits: JsonObject | null | undefined): string | undefined =>
  typeof traits?.['email'] === 'string' ? traits['email'] : undefined;

function saysWho(item: BehaviourItem): boolean {
  if (item.person !== undefined) return true;
  const email = item.type === 'track' ? item.email : emailIn(item.traits);
  return [item.userId, item.anonymousId, email].some((who) => (who?.trim() ?? '') !== '');
}
