/** Puts the people of a scenario into a store and enrols them, and lets its script happen. */
import type { BehaviourItem } from '../activities/behaviour/behaviour-item.ts';
import { recordBehaviour } from '../activities/behaviour/record-behaviour.ts';
import { enrol } from '../activities/entry/enrol.ts';
import type { World } from '../activities/world.ts';
import { normaliseName } from '../dsl/behaviour.ts';
import { systemEvents } from '../dsl/system-events.ts';
import { stepKind } from '../dsl/steps/index.ts';
import { consents, enrolments, identities, people as everybody } from '../store/tables/index.ts';
import type { Scenario } from './scenario.ts';
import type { Cue } from './script.ts';

/** People, their identities and consents, then their entries. */
export async function begin(world: World, { people, journey }: Scenario): Promise<void> {
  const { topics } = world.project;
  await world.store.transaction(async (tx) => {
    await tx.add(
      everybody,
      people.map(({ id, persona, enters }) => ({
        id,
        profile: persona.profile,
        zone: persona.zone ?? null,
        createdAt: enters,
      })),
    );
    await tx.add(
      identities,
      people.map(({ id }) => ({ kind: 'user', value: id, person: id })),
    );
    await tx.add(
      consents,
      people.flatMap(({ id, persona, enters }) =>
        [...new Set(persona.consents ?? topics)].map((topic) => ({
          person: id,
          topic,
          state: 'in' as const,
          at: enters,
          source: 'rehearsal',
        })),
      ),
    );
    await enrol(
      world,
      tx,
      people.map(({ id, enters }) => ({ person: id, journey, at: enters, cause: 'rehearsal' })),
    );
  });
}

/** Behaviour happens: recorded as if it had come in through ingest. */
export async function happen(world: World, cues: readonly Cue[]): Promise<void> {
  const known = await Promise.all(cues.map((cue) => toOpenHandoff(world, cue)));
  await recordBehaviour(world, known.map(itemOf));
}

/** An answer of sales that says no handoff is to the one in which the lead stands. */
async function toOpenHandoff({ store, plan }: World, cue: Cue): Promise<Cue> {
  const { name, properties, person } = cue;
  if (normaliseName(name) !== systemEvents.handoffAnswered || 'run' in properties) return cue;
  const runs = await store.transaction((tx) => tx.find(enrolments, { person, status: 'live' }));
  const open = runs.find(({ plan: hash, step }) => {
    const node = plan(hash)?.nodes[step ?? ''];
    return node !== undefined && stepKind(node.kind).hears?.includes(systemEvents.handoffAnswered);
  });
  if (open === undefined) return cue;
  return { ...cue, properties: { ...properties, run: open.id, step: open.step } };
}

function itemOf({ id, person, at, name, properties, device }: Cue): BehaviourItem {
  const item = { source: 'rehearsal', id, at } as const;
  const done = { ...item, type: 'track', name, properties } as const;
  const isKnown = normaliseName(name) === systemEvents.identified;
  if (device === undefined)
    return isKnown
      ? { ...item, type: 'identify', person, traits: properties }
      : { ...done, person };
  return isKnown
    ? { ...item, type: 'identify', userId: person, anonymousId: device, traits: properties }
    : { ...done, anonymousId: device };
}
