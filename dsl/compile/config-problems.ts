/** Every mistake in a config that its types cannot see: what would wait for ever, never happen, or name nobody. */
import { isDate } from '../calendar/local-date.ts';
import { isZone } from '../calendar/zone-offset.ts';
import type { CultivoConfig, FrequencyCap } from '../config.ts';
import { closest } from '../closest.ts';
import { leadFields } from '../lead-fields.ts';
import { oneForm } from '../one-form.ts';
import { DAY_MS, type Duration } from '../duration.ts';
import { invalid, type LocalProblem, localProblem, type Problem } from '../problem.ts';

/** What its journeys name. */
export interface Named {
  readonly colleagues: readonly string[];
  readonly topics: readonly string[];
  /** Whether they send e-mail. */
  readonly sendsEmail: boolean;
}

/** A journey is rehearsed alone too, without anybody's team and topics: what is left out is not held against it. */
export function configProblems(config: CultivoConfig, named: Named): readonly Problem[] {
  const { fallbackZone = 'UTC', holidays = [], caps = [], team = [], assignOwner = [] } = config;
  const ids = team.map(({ id }) => id);
  return [
    ...at('fallbackZone', isZone(fallbackZone) ? [] : [unknownZone(fallbackZone)]),
    ...holidays.flatMap((date, i) => at(`holidays › ${i}`, isDate(date) ? [] : [noDate(date)])),
    ...at('spread', lengthProblems(config.spread, 0)),
    ...at('tick', lengthProblems(config.tick, 1)),
    ...caps.flatMap((cap, i) => at(`caps › ${i}`, capProblems(cap))),
    ...at('assignOwner', unknownMembers(assignOwner, ids)),
    ...(config.team === undefined
      ? []
      : at('journeys', unknownMembers([...new Set(named.colleagues)], ['owner', ...ids]))),
    ...at('journeys', ownerProblems(config, named)),
    ...at('topics', topicProblems(config, named)),
    ...at('brand', brandProblems(config, named)),
  ];
}

/** Somebody of the team has each lead: by the lead's own field, or by turns. */
function ownerProblems(
  { team, assignOwner = [], lead, journeys }: CultivoConfig,
  { colleagues }: Named,
): LocalProblem[] {
  if (team === undefined || assignOwner.length > 0 || !colleagues.includes('owner')) return [];
  const model = lead ?? journeys[0]?.rules.lead;
  if (leadFields(model).has('owner')) return [];
  const fix =
    'List who leads are shared out among in assignOwner, or give the lead a field `owner`.';
  return [localProblem('somebody whom leads belong to', 'nobody', fix, 'unknown-colleague')];
}

function topicProblems({ topics }: CultivoConfig, named: Named): LocalProblem[] {
  if (topics === undefined) return [];
  const known = Object.keys(topics).map(oneForm);
  return [...new Set(named.topics)]
    .filter((topic) => !known.includes(topic))
    .map((topic) => {
      const near = closest(topic, known);
      const declare = `Add it: ${topic}: { consent: 'opt-in' }.`;
      const fix = near === undefined ? declare : `Did you mean ${near}? Else: ${declare}`;
      return invalid(
        `one of ${known.join(', ') || 'none, for it is empty'}`,
        topic,
        fix,
        'unknown-topic',
      );
    });
}

function brandProblems({ brand, messaging }: CultivoConfig, { sendsEmail }: Named): LocalProblem[] {
  const vendor = messaging?.email?.vendor ?? 'local';
  if (brand !== undefined || vendor === 'local' || !sendsEmail) return [];
  const fix = 'Nothing can leave without a sender: set name, email and postalAddress.';
  return [localProblem(`a brand, because e-mail leaves through ${vendor}`, 'none', fix)];
}

const at = (where: string, problems: readonly LocalProblem[]): readonly Problem[] =>
  problems.map((problem) => ({ where, ...problem }));

const unknownZone = (zone: string): LocalProblem =>
  invalid('an IANA name such as "Europe/Madrid"', zone, 'It counts for leads without a zone.');

const noDate = (date: string): LocalProblem =>
  invalid('a date like 2026-12-25', date, 'Send windows stay closed on it.');

function lengthProblems(length: Duration | undefined, leastMs: number): readonly LocalProblem[] {
  if (length === undefined || (length.ms >= leastMs && length.ms <= DAY_MS)) return [];
  const least = leastMs === 0 ? 'from 0' : 'of more than 0';
  return [invalid(`a length of time ${least} up to a day`, length.ms, 'minutes(5) is usual.')];
}

function capProblems({ atMost, per }: FrequencyCap): readonly LocalProblem[] {
  const problems: LocalProblem[] = [];
  if (!(Number.isInteger(atMost) && atMost >= 1)) {
    const fix = 'A cap of none lets nothing leave.';
    problems.push(localProblem('atMost to be a whole number from 1 on', atMost, fix));
  }
  if (!(per.ms > 0 && per.ms < Infinity)) {
    problems.push(localProblem('per of more than 0, and an end', per.ms, 'days(7) is usual.'));
  }
  return problems;
}

const unknownMembers = (named: readonly string[], known: readonly string[]): LocalProblem[] =>
  named
    .filter((id) => !known.includes(id))
    .map((id) =>
      invalid(
        `one of ${known.join(', ') || 'the team, which is empty'}`,
        id,
        'Add them to the team, or correct the id.',
        'unknown-colleague',
      ),
    );
