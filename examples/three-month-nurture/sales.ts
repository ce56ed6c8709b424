/** How sales answers in the demonstration: all verdicts in turn, and once none at all. */
import { hours } from 'cultivo';
import type { SalesReply, SalesTeam } from 'cultivo/testing';

const REPLIES: readonly (SalesReply | undefined)[] = [
  { answer: 'yes', after: hours(3) },
  { answer: 'maybe', after: hours(20) },
  { answer: 'never', after: hours(7) },
  undefined, // nobody answers: the SLA passes
  { answer: 'yes', after: hours(5) },
  { answer: 'yes', after: hours(26) },
];

export const sales: SalesTeam = (handoff) => REPLIES[(handoff - 1) % REPLIES.length];
