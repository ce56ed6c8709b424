/** The event of a name, with such a payload where tests are given: what conditions on behaviour mean. */
import type { Behaviour } from '../behaviour.ts';
import { passes, type Tests } from './test-value.ts';

export type NamedEvent = {
  /** Normalised. */
  readonly name: string;
  readonly where?: Tests;
};

export const isMeant = ({ name, where }: NamedEvent, behaviour: Behaviour): boolean =>
  behaviour.name === name && (where === undefined || passes(behaviour.properties, where));

/** Of a condition that has more to it. */
export const meantBy = ({ name, where }: NamedEvent): NamedEvent =>
  where === undefined ? { name } : { name, where };
