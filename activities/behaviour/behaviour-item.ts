/** What comes in about people, from senders, files and lanes, with its clock already corrected. */
import { contentHash } from '../../dsl/compile/content-hash.ts';
import type { Instant, JsonObject } from '../../dsl/plan.ts';

export type BehaviourItem = TrackItem | KnownBehaviour | IdentifyItem | KnownTraits;

interface AnyItem {
  /** Who says so; ids are unique within it. */
  readonly source: string;
  readonly id: string;
  readonly at: Instant;
}

export interface WhoItIs {
  readonly userId?: string | undefined;
  readonly anonymousId?: string | undefined;
}

interface AnyTrack extends AnyItem {
  readonly type: 'track';
  /** As the sender wrote it. */
  readonly name: string;
  readonly properties: JsonObject;
  /** Looked at for signs of a machine, then forgotten. */
  readonly context?: BehaviourContext | undefined;
}

/** Somebody did something; at least one of the three says who. */
export interface TrackItem extends AnyTrack, WhoItIs {
  readonly email?: string | undefined;
  readonly person?: undefined;
}

/** Somebody whom the store knows did something, or something became of a message to them. */
export interface KnownBehaviour extends AnyTrack {
  readonly person: string;
}

interface AnyIdentify extends AnyItem {
  readonly type: 'identify';
  /** Merged into the profile; null removes a field. `timezone` and `consents` mean what they say. */
  readonly traits: JsonObject;
}

/** Somebody said who they are; `userId`, `anonymousId` or `traits.email` must be there. */
export interface IdentifyItem extends AnyIdentify, WhoItIs {
  readonly person?: undefined;
}

/** Something was learnt about somebody whom the store knows: a journey wrote it. */
export interface KnownTraits extends AnyIdentify {
  readonly person: string;
  /** Which entry it would lead to, of those that led to each other without a wait between them. */
  readonly chain?: number | undefined;
  /** Another whom the store knows, who is the same: they are made one, whatever is known of either. */
  readonly sameAs?: string | undefined;
}

export interface BehaviourContext {
  readonly userAgent?: string | undefined;
  readonly ip?: string | undefined;
}

/** Names an item for all time. */
export const itemKey = ({ source, id }: { readonly source: string; readonly id: string }): string =>
  `${source}/${id}`;

/** Whose ids are made here, of nothing about anybody. */
const OURS = /^(lane:.*|sales|unsubscribe|journey|rehearsal)$/;

/** The same where no personal data may be kept: senders make ids of anything, addresses too. */
export const opaqueKey = (item: Parameters<typeof itemKey>[0]): string =>
  OURS.test(item.source) ? itemKey(item) : `${item.source}/${contentHash(item.id)}`;
