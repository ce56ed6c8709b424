/** Recorded behaviour as a message that ingest takes: what any sender of behaviour would post. */
import type { BehaviourItem } from '../activities/behaviour/behaviour-item.ts';
import type { CsvLead } from '../ingest/read-csv.ts';

export type SegmentMessage = { readonly [key: string]: unknown };

export function toSegment(item: BehaviourItem): SegmentMessage {
  const { id, at, source: _, ...said } = item;
  const message = { ...said, messageId: id, timestamp: new Date(at).toISOString() };
  return 'name' in message ? { ...message, event: message.name } : message;
}

export const leadToSegment = ({ row, userId, traits }: CsvLead, at: number): SegmentMessage => ({
  type: 'identify',
  messageId: `leads.csv/${row}`,
  userId: userId ?? traits['email'],
  timestamp: new Date(at).toISOString(),
  traits,
});
