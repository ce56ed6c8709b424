/** `defineConfig`: one file composes a project. */
import type { Duration } from './duration.ts';
import type { EmailTemplate } from './email.ts';
import type { AnyEvent } from './event.ts';
import type { Journey } from './journey.ts';
import type { AnyLeadModel } from './lead.ts';
import type { ScoringModel } from './scoring/scoring-model.ts';
import type { Effect } from './steps/index.ts';
import type { TeamMember } from './team.ts';
import type { Vendor } from './vendor.ts';

export interface CultivoConfig {
  readonly journeys: readonly Journey[];
  /** The lead model of ingest and CSV; left out: the first journey's. */
  readonly lead?: AnyLeadModel;
  readonly scoring?: ScoringModel;
  /** Everything that may happen, by its models: what comes in is checked against them. */
  readonly events?: readonly AnyEvent[];
  /** Who the brand is in messages. Marketing e-mail must carry a postal address. */
  readonly brand?: Brand;
  readonly team?: readonly TeamMember[];
  /** Team members' ids: leads without an `owner` are shared out among them, always the same lead to the same one. */
  readonly assignOwner?: readonly string[];
  /** How people consent to a topic; topics that are not named are `opt-in`. */
  readonly topics?: { readonly [topic: string]: { readonly consent: 'opt-in' | 'opt-out' } };
  readonly caps?: readonly FrequencyCap[];
  /** Local dates (`2026-12-25`) on which send windows stay closed. */
  readonly holidays?: readonly string[];
  /** For leads without a time zone. Default `UTC`. */
  readonly fallbackZone?: string;
  /** People due at one instant leave within this. Default 5 minutes. */
  readonly spread?: Duration;
  /** Wake-ups of cohorts of more than one fall on multiples of this. Default 1 minute. */
  readonly tick?: Duration;
  /** Who delivers what a channel sends. Default: it is kept on this machine, to be looked at. */
  readonly messaging?: { readonly [C in Effect['effect']]?: Vendor<C> };
  /** Where sales works. Default: the local pipeline. */
  readonly crm?: Vendor<'crm'>;
  /** Templates that no journey of the config sends but that people under way still get. */
  readonly templates?: readonly EmailTemplate<never>[];
}

export interface Brand {
  readonly name: string;
  /** Sender of everything that has no other. */
  readonly email: string;
  readonly postalAddress: string;
  /** Where ingest answers on the internet; unsubscribe links begin with it. */
  readonly publicUrl?: string;
}

/** Channels whose messages have a class. */
type MessageChannel = Extract<Effect, { readonly class: unknown }>['effect'];

/** At most so many messages of a class on a channel in any such span. */
export interface FrequencyCap {
  readonly channel: MessageChannel;
  readonly class: 'marketing';
  readonly atMost: number;
  readonly per: Duration;
  /** What becomes of one too many. */
  readonly outcome: 'skip' | 'defer';
}

/** Declares a project. Types only: mistakes are found when it is composed. */
export const defineConfig = <const C extends CultivoConfig>(config: C): C => config;
