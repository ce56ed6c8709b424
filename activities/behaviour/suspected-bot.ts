/**
 * Tells machine-made opens and clicks from people's: mail scanners follow links as mail arrives, mail
 * clients fetch pictures unasked. Pure; errs towards suspicion, since what is suspected is kept all the same.
 */
import { systemEvents } from '../../dsl/system-events.ts';
import type { Instant } from '../../dsl/plan.ts';

export interface Evidence {
  /** Normalised name of the event. */
  readonly name: string;
  readonly at: Instant;
  readonly userAgent?: string | undefined;
  readonly ip?: string | undefined;
  /** When the message left, where it is known. */
  readonly sentAt?: Instant | undefined;
  /** The person's clicks, this one included. */
  readonly clicks?: readonly Click[];
}

export interface Click {
  readonly at: Instant;
  /** Where it led; clicks without a link count as different ones. */
  readonly link: string;
}

/** Nobody reads and clicks this soon after delivery. */
const SOON_MS = 10_000;
/** Nobody follows three links within this. */
const BURST_MS = 2_000;
const BURST_LINKS = 3;
/** Of a person's clicks and messages those tell something that are so near: no others need be given as evidence. */
export const TELLING_BEFORE_MS = Math.max(SOON_MS, BURST_MS);
export const TELLING_AFTER_MS = BURST_MS;

/** Crawlers and the scanners of mail security products name themselves. */
const MACHINE =
  /bot\b|crawl|spider|headless|phantomjs|barracuda|mimecast|proofpoint|symantec|messagelabs|trendmicro|sophos|fortinet|forcepoint|ironport|cloudmark|safelinks|urldefense|virustotal/i;
/** HTTP libraries: no mail client, though a firm's own code may well track with them. */
const LIBRARY = /^(curl|wget|python|go-http-client|java|okhttp|node|axios|libwww|ruby|php)\b/i;
/** Gmail and Yahoo fetch pictures for everybody through these. */
const PICTURE_PROXY = /GoogleImageProxy|ggpht\.com|YahooMailProxy/i;
/** Apple Mail Privacy Protection gives no more of a name than this, and comes from Apple's own network. */
const APPLE_PROXY = /^Mozilla\/5\.0$/;
const APPLE_NETWORK = /^17\./;

/** True where behaviour looks made by a machine: no condition and no scoring rule then counts it. */
export function suspectBot(evidence: Evidence): boolean {
  const { name, userAgent = '' } = evidence;
  if (MACHINE.test(userAgent)) return true;
  if (name === systemEvents.emailOpened) return isProxyOpen(evidence) || LIBRARY.test(userAgent);
  if (name !== systemEvents.emailLinkClicked) return false;
  return LIBRARY.test(userAgent) || isTooSoon(evidence) || isBurst(evidence);
}

const isProxyOpen = ({ userAgent = '', ip = '' }: Evidence): boolean =>
  PICTURE_PROXY.test(userAgent) || APPLE_PROXY.test(userAgent) || APPLE_NETWORK.test(ip);

/** A click before its message left says only that two clocks differ. */
const isTooSoon = ({ at, sentAt }: Evidence): boolean =>
  sentAt !== undefined && at >= sentAt && at - sentAt < SOON_MS;

function isBurst({ at, clicks = [] }: Evidence): boolean {
  const near = clicks.filter((click) => Math.abs(click.at - at) <= BURST_MS);
  // A burst that this click belongs to begins with one of the clicks near it.
  return near.some((first) => {
    const end = first.at + BURST_MS;
    if (first.at > at || end < at) return false;
    const links = near.filter((click) => click.at >= first.at && click.at <= end);
    return new Set(links.map(({ link }) => link)).size >= BURST_LINKS;
  });
}
