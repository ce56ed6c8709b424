/** Waits for a date that is over: no mistake (plans live for months), and worth knowing. */
import { parseLocal } from '../calendar/local-date.ts';
import type { Instant, Plan } from '../plan.ts';
import { stepKind } from '../steps/index.ts';

/** A sentence each. A date counts as over once it is so everywhere on earth. */
export const datesThatPassed = (plans: Iterable<Plan>, now: Instant): readonly string[] =>
  [...plans].flatMap(({ id, nodes }) =>
    Object.entries(nodes).flatMap(([step, { kind, args }]) => {
      const date = stepKind(kind).date?.(args);
      return date !== undefined && parseLocal(date, LAST_ZONE) < now
        ? [`${id}, ${step}: ${date} has passed, and nobody waits there any more. [date-passed]`]
        : [];
    }),
  );

const LAST_ZONE = 'Etc/GMT+12';
