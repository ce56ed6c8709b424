/** One person's request as a cohort hands it to its host, and the keys under which answers and ways are kept. */
import { ownCodeIn } from '../dsl/conditions/index.ts';
import type { Instant } from '../dsl/plan.ts';
import type { Request } from '../dsl/step.ts';
import type { Waiting } from './position.ts';
import type { Run, Way } from './run.ts';

export interface Asked {
  /** As it stands, waiting for the answer. */
  readonly run: Run;
  readonly request: Request;
  readonly at: Instant;
  /** Ways taken that the store has not heard of. */
  readonly ways: readonly Way[];
  /** What came for the run meanwhile. */
  readonly waiting?: readonly Waiting[];
}

/** In the place of an answer: nobody can be given one, as things are, for a reason that is this person's alone. */
export interface Unanswered {
  readonly type: 'failed';
  readonly error: string;
}

/** In the place of an answer: by what the store says, another execution carries the run. */
export interface Outdated {
  readonly type: 'outdated';
}

/** A run whose move was not written. */
export interface Unwritten {
  readonly run: string;
  /** For a reason that is this person's alone; left out: by what the store says, another execution carries it. */
  readonly error?: string;
}

/** Own code of one person's step: it travels through history, so it is small. */
export interface OwnCodeAsked {
  readonly key: string;
  readonly run: string;
  readonly lead: string;
  readonly at: Instant;
  readonly request: Request;
}

/** Whether the author's own code is asked, which runs as a regular activity of its own. */
export const isOwnCode = (request: Request): boolean =>
  request.type === 'own' ||
  (request.type === 'decide' &&
    request.questions.some(({ condition }) => ownCodeIn(condition).length > 0));

/**
 * Names a request for all time: repeated, it finds its first answer. What a step asks is counted by itself, so that
 * whoever gets there again by another number of questions asks the same.
 */
export const requestKey = ({
  id,
  step,
  requests,
  asks,
  pending,
}: Pick<Run, 'id' | 'step' | 'requests' | 'asks' | 'pending'>): string =>
  asks === undefined || pending?.of !== 'step' ? `${id}:${requests}` : `${id}:${step}:${asks}`;

export const wayKey = (run: string, { number }: Pick<Way, 'number'>): string =>
  `${run}:way-${number}`;

export const ownCodeAsked = ({ run, request, at }: Asked): OwnCodeAsked => ({
  key: requestKey(run),
  run: run.id,
  lead: run.lead,
  at,
  request,
});
