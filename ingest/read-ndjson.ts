/** Behaviour from a file, one JSON object a line, in Segment's shapes. Bad lines are named, the others go on. */
import type { BehaviourItem } from '../activities/behaviour/behaviour-item.ts';
import { contentHash } from '../dsl/compile/content-hash.ts';
import { describeValue, type DataProblem } from '../activities/data-problem.ts';
import { INSTANT_FORM, parseObject } from './message-fields.ts';
import { readSegmentItem } from './segment-item.ts';

type LineProblem = DataProblem & { readonly line: number };

/**
 * Reads behaviour. A `timestamp` is needed; `type` is `track` where there is an `event`; a line without
 * `messageId` is named by its content, so that reading a file again changes nothing.
 */
export function readBehaviourNdjson(
  text: string,
  source = 'file',
): { readonly items: readonly BehaviourItem[]; readonly problems: readonly LineProblem[] } {
  const items: BehaviourItem[] = [];
  const problems: LineProblem[] = [];
  text.split('\n').forEach((content, index) => {
    const trimmed = content.replace(/^\uFEFF/, '').trim();
    if (trimmed === '') return;
    const line = index + 1;
    const said = parseObject(trimmed);
    if (said === undefined) {
      problems.push({ line, path: '', expected: 'a JSON object', received: 'other text' });
      return;
    }
    if ((said['originalTimestamp'] ?? said['timestamp'] ?? null) === null) {
      const received = describeValue(said['timestamp']);
      problems.push({ line, path: 'timestamp', expected: INSTANT_FORM, received });
      return;
    }
    // Clocks of senders were set right, or not, long ago: instants stand as they are written.
    const { sentAt: _, ...rest } = said;
    const message = 'event' in rest && !('type' in rest) ? { type: 'track', ...rest } : rest;
    const newId = () => contentHash(said);
    const read = readSegmentItem(message, { source, receivedAt: Infinity, newId });
    if ('problems' in read) problems.push(...read.problems.map((each) => ({ line, ...each })));
    else if (read.item !== undefined) items.push(read.item);
  });
  return { items, problems };
}
