/** What behaviour says about permissions: consents given and taken back, addresses that must not be written to. */
import { systemEvents } from '../../dsl/system-events.ts';
import type { Json } from '../../dsl/plan.ts';
import type { Consent, EventRow, Suppression } from '../../store/tables/index.ts';

export interface Permissions {
  readonly consents: readonly Consent[];
  readonly suppressions: readonly Suppression[];
}

/** Bounces for good, in the words of several providers. */
const HARD_BOUNCES = ['hard', 'permanent'];

const isHard = (type: Json | undefined): boolean =>
  typeof type === 'string' && HARD_BOUNCES.includes(type.toLowerCase());

/** Counts for machines too: whoever takes permission back is believed. */
export function permissionsFrom(rows: readonly EventRow[]): Permissions {
  const consents: Consent[] = [];
  const suppressions: Suppression[] = [];
  const suppress = ({ person, at }: EventRow, reason: string): void => {
    suppressions.push({ person, channel: 'email', reason, at });
  };
  for (const row of rows) {
    const { person, at, source } = row;
    const { topic, type, consents: given } = row.properties;
    switch (row.name) {
      case systemEvents.unsubscribed:
      case systemEvents.emailUnsubscribed:
        if (typeof topic === 'string') consents.push({ person, topic, state: 'out', at, source });
        else suppress(row, 'unsubscribed');
        break;
      case systemEvents.emailComplained:
        suppress(row, 'complaint');
        break;
      case systemEvents.emailBounced:
        if (isHard(type)) suppress(row, 'hard-bounce');
        break;
      case systemEvents.identified:
        for (const [name, allowed] of Object.entries(given ?? {})) {
          if (typeof allowed !== 'boolean') continue;
          consents.push({ person, topic: name, state: allowed ? 'in' : 'out', at, source });
        }
    }
  }
  return { consents, suppressions };
}
