/** The people of a run: they do what the scenario says, and whoever reports it goes on until it is acknowledged. */
import type {
  BehaviourItem,
  IdentifyItem,
  KnownBehaviour,
  TrackItem,
} from '../../activities/behaviour/behaviour-item.ts';
import { recordBehaviour } from '../../activities/behaviour/record-behaviour.ts';
import type { CrmTask } from '../../channels/crm/crm.ts';
import { HandoffAnswered, systemEvents } from '../../dsl/system-events.ts';
import type { Clockwork } from './clockwork.ts';
import type { Cluster } from './cluster.ts';
import type { Faults } from './faults.ts';
import { TOPIC } from './project-of.ts';
import { hashOf } from './random.ts';
import { BEGINNING, type Happening, type Scenario } from './scenario.ts';

export interface CrowdParts {
  readonly clockwork: Clockwork;
  readonly cluster: Cluster;
  readonly faults: Faults;
  /** Called before items are reported for the first time: from then on they may be recorded. */
  readonly sent: (items: readonly BehaviourItem[]) => void;
  /** Called as items are known to be recorded. */
  readonly acknowledged: (items: readonly BehaviourItem[]) => void;
}

export const SOURCE = 'crowd';
const HOUR_MS = 3_600_000;
const RETRY_MS = 2_000;

export const userOf = (who: number): string => `user-${who}`;
export const addressOf = (who: number): string => `person-${who}@a.example`;

export class Crowd {
  private readonly parts: CrowdParts;
  private readonly scenario: Scenario;
  /** Reports that were not acknowledged yet. */
  open = 0;
  /** Answers of sales: each once, whatever is asked how often. */
  private readonly answered = new Set<string>();

  constructor(scenario: Scenario, parts: CrowdParts) {
    this.scenario = scenario;
    this.parts = parts;
  }

  begin(): void {
    const { clockwork } = this.parts;
    for (const [i, happening] of this.scenario.happenings.entries()) {
      this.open += 1;
      clockwork.after(happening.at, `happening ${i}`, () =>
        this.report([this.itemOf(happening, i)], `happening ${i}`),
      );
    }
  }

  /** Sales takes its time, and answers every other handoff; which ones, follows from whose they are. */
  handOff({ handoff, at, dueAt }: CrmTask): void {
    if (handoff === undefined) return;
    const { person, run, step } = handoff;
    const chance = hashOf(`${step}/${at}`);
    const id = `sales/${run}/${step}`;
    if (chance % 2 === 0 || this.answered.has(id)) return;
    this.answered.add(id);
    const span = Math.max((dueAt ?? at) - at, HOUR_MS);
    const ms = Math.floor((span * (chance % 1_000)) / 700);
    this.open += 1;
    const { clockwork } = this.parts;
    clockwork.after(at + ms - clockwork.now, `sales answers for ${run}`, () => {
      const item: KnownBehaviour = {
        type: 'track',
        source: 'crm',
        id,
        person,
        at: clockwork.now,
        name: HandoffAnswered.name,
        properties: { run, step, answer: 'yes' },
      };
      this.report([item], `sales' answer for ${run}`);
    });
  }

  private report(items: readonly BehaviourItem[], what: string): void {
    const { clockwork, faults } = this.parts;
    const late = faults.hit('news-late') ? hashOf(what) % (30 * HOUR_MS) : 0;
    if (late > 0) clockwork.after(late, `${what} comes late`, () => void this.deliver(items, what));
    else void this.deliver(items, what);
  }

  private async deliver(items: readonly BehaviourItem[], what: string): Promise<void> {
    const { clockwork, cluster, faults, sent, acknowledged } = this.parts;
    sent(items);
    for (;;) {
      const outcome = await cluster.onSome(`hears of ${what}`, ({ world }) =>
        recordBehaviour(world, items),
      );
      if ('value' in outcome) break;
      await clockwork.sleep(cluster.delay(RETRY_MS), `${what} is told again`);
    }
    acknowledged(items);
    this.open -= 1;
    if (!faults.hit('news-again')) return;
    this.open += 1;
    const ms = cluster.delay(hashOf(`${what} again`) % (100 * HOUR_MS));
    clockwork.after(ms, `${what} comes again`, () => void this.deliver(items, `${what} again`));
  }

  private itemOf({ at, who, does }: Happening, place: number): BehaviourItem {
    const person = this.scenario.people[who];
    const known = { source: SOURCE, id: `happening-${place}`, at: BEGINNING + at };
    const identify = (traits: IdentifyItem['traits']): IdentifyItem => ({
      ...known,
      type: 'identify',
      userId: userOf(who),
      traits,
    });
    const track = (name: string, properties: TrackItem['properties'] = {}): BehaviourItem => ({
      ...known,
      type: 'track',
      name,
      properties,
      ...this.nameOf(who, at),
    });
    if ('event' in does) return track(does.event);
    if ('leaves' in does)
      return track(systemEvents.emailUnsubscribed, does.leaves === 'topic' ? { topic: TOPIC } : {});
    switch (does.says) {
      case 'who-they-are': {
        const traits = {
          name: `Person ${who}`,
          email: addressOf(who),
          phone: '+34 600 000 000',
          timezone: person?.zone ?? 'UTC',
          tier: person?.tier ?? 'silver',
        };
        const isVisitor = person?.anonymousFirst === true;
        return { ...identify(traits), ...(isVisitor ? { anonymousId: `visitor-${who}` } : {}) };
      }
      case 'tier':
        return identify({ tier: does.tier });
      case 'zone':
        return identify({ timezone: does.zone });
      case 'consent':
        return identify({ consents: { [TOPIC]: does.allowed } });
    }
  }

  /** Before they have said who they are, visitors are known by their device alone. */
  private nameOf(who: number, at: number): Pick<TrackItem, 'userId' | 'anonymousId'> {
    const isVisitor = this.scenario.people[who]?.anonymousFirst === true;
    const said = this.scenario.happenings.find(
      (each) => each.who === who && 'says' in each.does && each.does.says === 'who-they-are',
    );
    return isVisitor && at < (said?.at ?? Infinity)
      ? { anonymousId: `visitor-${who}` }
      : { userId: userOf(who) };
  }
}
