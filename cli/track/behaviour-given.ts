/** The behaviour that the command line names: one event of one user, or the lines of a file, read as they are sent. */
import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { JsonObject } from '../../dsl/plan.ts';
import type { DataProblem } from '../../activities/data-problem.ts';
import { parseObject, readInstant } from '../../ingest/message-fields.ts';
import { readBehaviourNdjson } from '../../ingest/read-ndjson.ts';
import { toSegment } from '../send-messages.ts';

export interface BehaviourOptions {
  readonly user?: string;
  readonly properties?: string;
  readonly at?: string;
  readonly file?: string;
}

/** Null: the event of the command line. */
type Line = number | null;

export interface GivenMessage {
  readonly line: Line;
  readonly message: object;
}

export interface BadLine extends DataProblem {
  readonly line: Line;
}

/**
 * @param onBad receives the lines that are no behaviour, as they are read.
 * @throws Error [invalid-arguments, invalid-properties, invalid-instant] at once, [file-missing] when it is read.
 */
export function behaviourGiven(
  event: string | undefined,
  { user, properties, at, file }: BehaviourOptions,
  onBad: (bad: BadLine) => void,
): AsyncIterable<GivenMessage> | readonly GivenMessage[] {
  const isEvent = event !== undefined && user !== undefined;
  const others = [event, user, properties, at].some((each) => each !== undefined);
  if (file === undefined ? !isEvent : others) {
    throw new Error(
      'Expected an event and --user, or --file alone, received something else. ' +
        'See `cultivo track --help`. [invalid-arguments]',
    );
  }
  if (file !== undefined) return linesOf(file, onBad);
  const message = {
    type: 'track',
    messageId: randomUUID(),
    userId: user,
    event,
    properties: properties === undefined ? {} : readProperties(properties),
    ...(at === undefined ? {} : { timestamp: checkedInstant(at) }),
  };
  return [{ line: null, message }];
}

async function* linesOf(file: string, onBad: (bad: BadLine) => void): AsyncGenerator<GivenMessage> {
  const handle = await open(file).catch((error: unknown) => {
    throw new Error(
      `${file}: expected a file with one JSON object a line, received none that can be read. Check the path. [file-missing]`,
      { cause: error },
    );
  });
  try {
    let line = 0;
    for await (const text of handle.readLines()) {
      line += 1;
      const { items, problems } = readBehaviourNdjson(text);
      for (const problem of problems) onBad({ ...problem, line });
      for (const item of items) yield { line, message: toSegment(item) };
    }
  } finally {
    await handle.close();
  }
}

function readProperties(text: string): JsonObject {
  const properties = parseObject(text);
  if (properties !== undefined) return properties;
  throw new Error(
    `--properties: expected a JSON object like '{"plan":"pro"}', received something else. ` +
      'Quote it, so that the shell leaves it whole. [invalid-properties]',
  );
}

function checkedInstant(at: string): string {
  if (readInstant(at) !== undefined) return at;
  throw new Error(
    `--at: expected an instant like 2026-03-02T10:00:00Z, received ${JSON.stringify(at)}. ` +
      'Give date, time and zone. [invalid-instant]',
  );
}
