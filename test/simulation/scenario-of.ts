/** Scenarios made of seeds: random journeys, people, lives and faults. */
import { FAULTS, type Fault, type FaultPlan, TIMELESS } from './faults.ts';
import { randomOf, type Random } from './random.ts';
import {
  type ConditionSpec,
  ENTERED_BY,
  EVENTS,
  EXIT,
  GOAL,
  type Happening,
  type JourneySpec,
  type Scenario,
  type Settings,
  type StepSpec,
  ZONES,
} from './scenario.ts';

const HOUR_MS = 3_600_000;

export function scenarioOf(seed: number, kind?: Scenario['kind']): Scenario {
  const random = randomOf(`scenario ${seed}`);
  const chosen = kind ?? (random.chance(0.5) ? 'same-story' : 'any-order');
  const count = 1 + random.below(4);
  const days = 3 + random.below(40);
  const second = random.chance(0.4);
  const spec = new Author(random, chosen, second);
  return {
    seed,
    kind: chosen,
    settings: settingsOf(random, chosen, second),
    journeys: [spec.journey('main', 3), ...(second ? [spec.journey('second', 1)] : [])],
    people: Array.from({ length: count }, () => ({
      zone: random.pick(ZONES),
      tier: random.pick(['silver', 'gold'] as const),
      anonymousFirst: chosen === 'any-order' && random.chance(0.25),
    })),
    happenings: Array.from({ length: count }, (_, who) => lifeOf(random, who, days)).flat(),
    faults: { rates: ratesOf(random, chosen) },
  };
}

function settingsOf(random: Random, kind: Scenario['kind'], second: boolean): Settings {
  const isFree = kind === 'any-order';
  // Of two journeys that compete for a cap's last place either may win.
  const hasCap = random.chance(0.5) && (isFree || !second);
  return {
    cohortSize: random.pick([1, 1, 2, 200]),
    maxEvents: random.pick([20, 60, 400]),
    machines: 1 + random.below(2),
    maxBatch: random.pick([1, 3, 100]),
    spreadMinutes: isFree ? random.pick([1 / 60_000, 5, 60]) : 1 / 60_000,
    ...(hasCap
      ? {
          cap: {
            atMost: 1 + random.below(2),
            days: 1 + random.below(5),
            outcome: random.pick(['skip', 'defer'] as const),
          },
        }
      : {}),
  };
}

/** Some kinds of faults, some often: what comes together differs from seed to seed. */
function ratesOf(random: Random, kind: Scenario['kind']): FaultPlan['rates'] {
  const kinds = kind === 'same-story' ? TIMELESS : FAULTS;
  const rates: { [F in Fault]?: number } = {};
  for (const fault of kinds) {
    if (random.chance(0.4)) continue;
    const rate = random.pick([0.01, 0.03, 0.1, 0.2]);
    // These are asked about at every step.
    const isEveryStep = fault === 'crash' || fault === 'clock';
    const isRare = ['outage', 'engine-lost', 'cohort-lost'].includes(fault);
    rates[fault] = isRare ? 0.0005 : isEveryStep ? rate / 5 : rate;
  }
  return rates;
}

class Author {
  private readonly random: Random;
  private readonly kind: Scenario['kind'];
  private readonly hasSecond: boolean;
  private emails = 0;
  private own = 0;
  /** Days that go backwards do not compile. */
  private day = 1;

  constructor(random: Random, kind: Scenario['kind'], hasSecond: boolean) {
    this.random = random;
    this.kind = kind;
    this.hasSecond = hasSecond;
  }

  journey(id: string, depth: number): JourneySpec {
    const { random } = this;
    const isMain = id === 'main';
    this.day = 1;
    return {
      id,
      steps: [this.leaf(isMain), ...this.steps(depth, isMain)],
      hasGoal: isMain && random.chance(0.3),
      hasExit: isMain && random.chance(0.4),
      // Whether somebody has left it at the very instant at which they are to enter again has no order.
      comesAgain: random.chance(0.3) && (isMain || this.kind === 'any-order'),
      ...(random.chance(0.4)
        ? {
            window: {
              days: random.pick([
                [1, 2, 3, 4, 5],
                [1, 2, 3, 4, 5, 6, 7],
              ]),
              ...random.pick([
                { from: '09:00', to: '18:00' },
                { from: '22:00', to: '06:00' },
              ]),
            },
          }
        : {}),
    };
  }

  private steps(depth: number, isMain: boolean): StepSpec[] {
    const count = this.random.below(4);
    return Array.from({ length: count }, () =>
      depth > 0 && this.random.chance(0.5) ? this.block(depth - 1, isMain) : this.leaf(isMain),
    );
  }

  private leaf(isMain: boolean): StepSpec {
    const { random } = this;
    const email = (): StepSpec => ({ is: 'email', id: `mail-${(this.emails += 1)}` });
    // Two journeys of one person that meet at an instant must not ask about each other there.
    const mayStage = isMain && (this.kind === 'any-order' || !this.hasSecond);
    const leaves: (() => StepSpec)[] = [
      email,
      email,
      () => ({ is: 'email', id: `mail-${(this.emails += 1)}`, receipt: true }),
      () => ({ is: 'wait', hours: 1 + random.below(30) }),
      () => ({ is: 'wait-days', days: 1 + random.below(3) }),
      () => {
        this.day = Math.max(this.day, 1 + random.below(6));
        return { is: 'day', day: this.day, email: `mail-${(this.emails += 1)}` };
      },
      () => ({ is: 'own', id: `own-${(this.own += 1)}` }),
      () => ({ is: 'note' }),
      () => ({ is: 'call', id: `call-${(this.own += 1)}` }),
      () => ({ is: 'webhook' }),
    ];
    if (mayStage) leaves.push(() => ({ is: 'stage', stage: random.pick(['warm', 'hot']) }));
    if (isMain && this.hasSecond) leaves.push(() => ({ is: 'enrol', journey: 'second' }));
    return random.pick(leaves)();
  }

  private block(depth: number, isMain: boolean): StepSpec {
    const { random } = this;
    const steps = () => this.steps(depth, isMain);
    const on = this.condition();
    switch (random.below(4)) {
      case 0:
        return {
          is: 'wait-for',
          on,
          hours: 1 + random.below(90),
          sinceEntry: random.chance(0.3),
          yes: steps(),
          no: steps(),
        };
      case 1:
        return {
          is: 'until',
          on,
          steps: [this.leaf(isMain), ...steps()],
          met: steps(),
          notMet: steps(),
        };
      case 2:
        return { is: 'when', on, yes: [this.leaf(isMain)], no: steps() };
      default:
        return { is: 'handoff', hours: 5 + random.below(40), yes: steps(), late: steps() };
    }
  }

  private condition(): ConditionSpec {
    const { random } = this;
    const name = random.pick(EVENTS);
    const kinds: readonly ConditionSpec[] = [
      { is: 'event', name },
      { is: 'event', name },
      { is: 'happened', name, days: 1 + random.below(5) },
      { is: 'not-happened', name, days: 1 + random.below(5) },
      { is: 'score', above: 10 + random.below(50) },
      { is: 'tier', tier: 'gold' },
    ];
    return random.pick(kinds);
  }
}

/** What one person does; nothing of it twice at one instant. */
function lifeOf(random: Random, who: number, days: number): Happening[] {
  const span = days * 24 * HOUR_MS;
  const sometime = () => Math.floor(random.next() * span);
  const happenings: Happening[] = [
    { at: sometime() % (24 * HOUR_MS), who, does: { says: 'who-they-are' } },
    { at: 24 * HOUR_MS + (sometime() % (24 * HOUR_MS)), who, does: { event: ENTERED_BY } },
  ];
  for (let i = random.below(8); i > 0; i -= 1) {
    happenings.push({ at: sometime(), who, does: { event: random.pick(EVENTS) } });
  }
  const rare = (probability: number, does: Happening['does']) => {
    if (random.chance(probability)) happenings.push({ at: sometime(), who, does });
  };
  rare(0.3, { event: ENTERED_BY });
  rare(0.2, { event: GOAL });
  rare(0.2, { event: EXIT });
  rare(0.2, { leaves: 'topic' });
  rare(0.1, { leaves: 'everything' });
  rare(0.1, { says: 'consent', allowed: true });
  rare(0.1, { says: 'consent', allowed: false });
  rare(0.2, { says: 'tier', tier: 'gold' });
  rare(0.1, { says: 'zone', zone: random.pick(ZONES) });
  return happenings;
}
