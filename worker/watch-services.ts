/** Says once that the database or Temporal does not answer, and once that it does again. */
import { answersWithin } from '../ingest/health/within.ts';

export interface Service {
  /** At the beginning of a sentence. */
  readonly name: string;
  /** Throws, or takes long, where there is no sign of life. */
  readonly reach: () => Promise<unknown>;
}

export interface ServiceWatch {
  readonly look: () => Promise<void>;
  readonly stop: () => void;
}

const EVERY_MS = 5_000;
const ANSWER_WITHIN_MS = 2_000;
/** One call that was lost is no outage. */
const IN_VAIN = 2;

export function watchServices(
  services: readonly Service[],
  say: (what: string) => void,
  now: () => number = Date.now,
): ServiceWatch {
  const inVain = new Map<string, { readonly times: number; readonly since: number }>();
  const see = async ({ name, reach }: Service): Promise<void> => {
    const before = inVain.get(name);
    const asked = now();
    if (await answersWithin(ANSWER_WITHIN_MS, reach)) {
      inVain.delete(name);
      if (before !== undefined && before.times >= IN_VAIN)
        say(`${name} answers again, after ${Math.round((now() - before.since) / 1_000)} seconds.`);
      return;
    }
    const { times, since } = { times: (before?.times ?? 0) + 1, since: before?.since ?? asked };
    inVain.set(name, { times, since });
    if (times === IN_VAIN) say(`${name} does not answer. Nobody moves until it does.`);
  };
  let looking: Promise<void> | undefined;
  const look = (): Promise<void> =>
    (looking ??= Promise.all(services.map(see)).then(() => void (looking = undefined)));
  const timer = setInterval(() => void look(), EVERY_MS).unref();
  return { look, stop: () => clearInterval(timer) };
}
