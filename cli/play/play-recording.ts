/** A recording as a script: what happens when, and how it is made to happen, over HTTP. */
import { addDays } from '../../dsl/calendar/local-date.ts';
import type { Instant } from '../../dsl/plan.ts';
import { type Cue, Script } from '../../rehearsal/script.ts';
import { groupBy } from '../../store/group-by.ts';
import type { IngestClient } from '../ingest-client.ts';
import { inBatches, toSegment } from '../send-messages.ts';
import type { Recording } from './read-recording.ts';
import { type RecordedPeople, recordedPeople, userOf } from './recorded-people.ts';

interface PlayedRecording {
  readonly script: Script;
  /** Wherever the recording has come to. */
  readonly clock: () => Instant;
  /** The recording's name for a person of the store. */
  readonly nameOf: RecordedPeople['nameOf'];
  happen(ingest: IngestClient, cues: readonly Cue[]): Promise<void>;
  /** The clock stands there from now on. */
  end(at: Instant): void;
}

/** What a cue does: posts a message, or has somebody enter. Sales' answers are cues of the script itself. */
type Act = { readonly message: object } | { readonly enters: string };

export function playRecording(recording: Recording): PlayedRecording {
  const { from, shiftDays, enrol } = recording;
  const people = recordedPeople(recording);
  const acts = new Map<string, Act>();
  const cues: Cue[] = [];
  const add = (person: string, at: Instant, act: Act) => {
    const id = `recording/${String(cues.length).padStart(6, '0')}`;
    acts.set(id, act);
    cues.push({ id, person, at, name: 'recorded', properties: {} });
  };
  const timestamp = new Date(from).toISOString();
  for (const lead of recording.leads) {
    const { row, traits } = lead;
    const userId = userOf(lead);
    const person = people.named(`user ${userId}`);
    const said = { type: 'identify', messageId: `leads.csv/${row}`, userId, timestamp, traits };
    add(person, from, { message: said });
    if (enrol !== undefined) add(person, from, { enters: userId });
  }
  let delivered = from;
  for (const recorded of recording.behaviour) {
    const person = people.of(recorded);
    // By calendar days in the lead's zone: what was done at ten is done at ten.
    const at = addDays(recorded.at, shiftDays, people.zones.get(person) ?? 'UTC');
    // Lines stand in the order of their delivery: one that is older than those before it came late.
    delivered = Math.max(delivered, at);
    add(person, delivered, { message: toSegment({ ...recorded, at }) });
  }
  const time = new VirtualTime(from);
  const post = async (ingest: IngestClient, group: readonly Cue[], at: Instant) => {
    const known = group.flatMap(({ id }) => acts.get(id) ?? []);
    const messages = known.flatMap((act) => ('message' in act ? act.message : []));
    for await (const batch of inBatches(messages, (each) => each))
      await ingest.post('/v1/batch', { batch });
    const users = known.flatMap((act) => ('enters' in act ? { userId: act.enters } : []));
    for await (const batch of inBatches(users, (each) => each)) {
      const messageId = `play/${batch[0]?.userId}`;
      await ingest.post('/v1/enrol', { journey: enrol, users: batch, at, messageId });
    }
    for (const cue of group) if (!acts.has(cue.id)) await answerHandoff(ingest, cue);
  };
  return {
    script: new Script(cues),
    clock: time.clock,
    nameOf: people.nameOf,
    end: (at) => time.set(at),
    happen: async (ingest, due) => {
      for (const [at, group] of groupBy(due, (cue) => cue.at))
        await time.as(at, () => post(ingest, group, at));
    },
  };
}

/** Sales answers as it would: by the link in its task. */
async function answerHandoff(ingest: IngestClient, { properties }: Cue): Promise<void> {
  const path = [properties['run'], properties['step']]
    .map((part) => (typeof part === 'string' ? encodeURIComponent(part) : ''))
    .join('/');
  await ingest.post(`/v1/handoffs/${path}`, { answer: properties['answer'] });
}

/** Several cohorts play at once, each with a clock of its own: what they post waits its turn. */
class VirtualTime {
  private now: Instant;
  private last: Promise<void> = Promise.resolve();

  constructor(from: Instant) {
    this.now = from;
  }

  readonly clock = (): Instant => this.now;

  set(at: Instant): void {
    this.now = at;
  }

  /** Does something as if it were `at`; one thing after another. */
  as(at: Instant, act: () => Promise<void>): Promise<void> {
    const turn = this.last.then(async () => {
      this.now = at;
      await act();
    });
    this.last = turn.catch(() => undefined); // the next in turn does not care; the caller receives it
    return turn;
  }
}
