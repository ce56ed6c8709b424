/** The kinds of condition. A new one is its file, a line here, and a line in `dsl/index.ts`. */
export { allHold, anyHolds, notHolds } from './all-any-not.ts';
export { eventHappened } from './event-happened.ts';
export { eventOccurs } from './event-occurs.ts';
export { leadIs } from './lead-is.ts';
export { ownCheck } from './own-check.ts';
export { scoreLevel } from './score-level.ts';
