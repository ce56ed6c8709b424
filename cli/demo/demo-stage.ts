/** The stage of the demonstration: the recording's script, who is who, and how things happen, over HTTP. */
import type { World } from '../../activities/world.ts';
import { addDays } from '../../dsl/calendar/local-date.ts';
import { isZone } from '../../dsl/calendar/zone-offset.ts';
import type { Instant, JsonObject } from '../../dsl/plan.ts';
import { type Cue, Script } from '../../rehearsal/script.ts';
import { identities as known } from '../../store/tables/index.ts';
import { leadToSegment, type SegmentMessage, toSegment } from '../to-segment.ts';
import { type IngestClient, isMalformed } from '../ingest-client.ts';
import type { Recording } from './read-recording.ts';
import { type RecordedPeople, recordedPeople } from './recorded-people.ts';
import { VirtualTime } from './virtual-time.ts';

export interface DemoStage {
  readonly script: Script;
  readonly time: VirtualTime;
  /** The recording's name for a person of the store. */
  nameOf(world: World, person: string): Promise<string>;
  happen(ingest: IngestClient, cues: readonly Cue[]): Promise<void>;
}

export function demoStage(recording: Recording): DemoStage {
  const leads = recording.leads.map((lead) => leadToSegment(lead, recording.from));
  const people = recordedPeople(recording.behaviour);
  const messages = new Map<string, SegmentMessage>();
  const cues: Cue[] = [];
  const add = (person: string, at: Instant, message: SegmentMessage) => {
    const id = `recording/${String(cues.length).padStart(6, '0')}`;
    messages.set(id, message);
    cues.push({ id, person, at, name: 'recorded', properties: {} });
  };
  for (const lead of leads)
    add(people.named(`user ${String(lead['userId'])}`), recording.from, lead);
  const zones = zonesOf(recording, people);
  let delivered = recording.from;
  for (const recorded of recording.behaviour) {
    const person = people.of(recorded);
    // By calendar days in the lead's zone: what was done at ten is done at ten.
    const at = addDays(recorded.at, recording.shiftDays, zones.get(person) ?? 'UTC');
    // Lines stand in the order of their delivery: one that is older than those before it came late.
    delivered = Math.max(delivered, at);
    add(person, delivered, toSegment({ ...recorded, at }));
  }
  const time = new VirtualTime(recording.from);
  return {
    script: new Script(cues),
    time,
    nameOf: namesOf(people),
    happen: async (ingest, due) => {
      for (const [at, group] of byInstant(due)) {
        await time.as(at, async () => {
          const recorded = group.flatMap(({ id }): readonly SegmentMessage[] => {
            const message = messages.get(id);
            return message === undefined ? [] : [message];
          });
          if (recorded.length > 0) await post(ingest, '/v1/batch', { batch: recorded });
          for (const cue of group) if (!messages.has(cue.id)) await answerHandoff(ingest, cue);
        });
      }
    },
  };
}

function zonesOf(recording: Recording, people: RecordedPeople): ReadonlyMap<string, string> {
  const zones = new Map<string, string>();
  const note = (person: string, { timezone }: JsonObject) => {
    if (typeof timezone === 'string' && isZone(timezone)) zones.set(person, timezone);
  };
  for (const item of recording.behaviour) {
    if (item.type === 'identify') note(people.of(item), item.traits);
  }
  for (const { userId, traits } of recording.leads) note(people.named(`user ${userId}`), traits);
  return zones;
}

function byInstant(cues: readonly Cue[]): ReadonlyMap<Instant, readonly Cue[]> {
  const groups = new Map<Instant, Cue[]>();
  for (const cue of cues) groups.set(cue.at, [...(groups.get(cue.at) ?? []), cue]);
  return groups;
}

/** Identities do not change once people are in a journey, so each is looked up once. */
function namesOf(people: RecordedPeople): DemoStage['nameOf'] {
  const names = new Map<string, string>();
  return async ({ store }, person) => {
    const before = names.get(person);
    if (before !== undefined) return before;
    const identities = await store.transaction((tx) => tx.find(known, { person }));
    const first = identities.find(({ kind }) => kind === 'user') ?? identities[0];
    const name = first === undefined ? person : people.named(`${first.kind} ${first.value}`);
    names.set(person, name);
    return name;
  };
}

/** Sales answers as it would: by the link in its task. */
async function answerHandoff(ingest: IngestClient, { properties }: Cue): Promise<void> {
  const path = [properties['run'], properties['step']]
    .map((part) => (typeof part === 'string' ? encodeURIComponent(part) : ''))
    .join('/');
  await post(ingest, `/v1/handoffs/${path}`, { answer: properties['answer'] });
}

/** The recording was checked as it was read: what ingest refuses now is a fault. */
async function post(ingest: IngestClient, path: string, body: object): Promise<void> {
  const answer = await ingest.post<object>(path, body);
  if (isMalformed(answer)) throw new Error(`${path}: ${JSON.stringify(answer.problems)}`);
}
