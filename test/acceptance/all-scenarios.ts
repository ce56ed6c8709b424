/** Every acceptance scenario, by what it is about. */
import { comingAgain } from './coming-again.ts';
import { identified } from './identified.ts';
import { instants } from './instants.ts';
import { ownCode } from './own-code.ts';
import { permissions } from './permissions.ts';
import { programme } from './programme.ts';
import { races } from './races.ts';
import { salesScenarios } from './sales.ts';
import type { AcceptanceScenario } from './scenario.ts';
import { scoreCrossings } from './score-crossings.ts';
import { waiting } from './waiting.ts';
import { waysScenarios } from './ways.ts';
import { wallClock } from './wall-clock.ts';

export const allScenarios: readonly (readonly [string, readonly AcceptanceScenario[]])[] = [
  ['wall clock', wallClock],
  ['instants', instants],
  ['waiting', waiting],
  ['score', scoreCrossings],
  ['permissions', permissions],
  ['races', races],
  ['identified', identified],
  ['sales', salesScenarios],
  ['own code and own writes', ownCode],
  ['coming again', comingAgain],
  ['ways', waysScenarios],
  ['the programme', programme],
];
