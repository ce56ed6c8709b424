/** Whether a call asks the author's own code, which runs as a regular activity of its own. */
import { asksOwnCode } from '../dsl/conditions/index.ts';
import type { Call } from '../dsl/step.ts';

export const isOwnCode = (call: Call): boolean =>
  call.type === 'own' ||
  (call.type === 'decide' && call.questions.some(({ condition }) => asksOwnCode(condition)));
