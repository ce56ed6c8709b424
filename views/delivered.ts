/** What the local vendors were given, the newest first, each with whom it was for. */
import type { World } from '../activities/world.ts';
import type { JsonObject } from '../dsl/plan.ts';
import { groupBy } from '../store/group-by.ts';
import type { Transaction } from '../store/store.ts';
import {
  identities,
  localDeliveries,
  type LocalDelivery,
  messages,
  people,
} from '../store/tables/index.ts';
import { textIn } from './text-in.ts';
import { nameOf } from './find-person.ts';

export interface Delivered {
  readonly id: string;
  /** As the vendor was given it: `to`, `subject`, `html`… */
  readonly content: JsonObject;
  readonly at: number;
  readonly journey: string | null;
  readonly step: string | null;
  readonly template: string | null;
  /** Undefined: they are not known any more. */
  readonly person?: { readonly id: string; readonly name: string; readonly zone: string };
}

export interface DeliveredPage {
  readonly total: number;
  readonly delivered: readonly Delivered[];
  /** Older ones: ask with it as `after`; null: there are none. */
  readonly next: string | null;
}

const PAGE = 50;

export const deliveredPage = (
  world: World,
  channel: string,
  after?: string,
): Promise<DeliveredPage> =>
  world.store.transaction(async (tx) => {
    const [counted] = await tx.count(localDeliveries, ['channel'], { channel });
    const rows = await tx.page(localDeliveries, {
      limit: PAGE + 1,
      after,
      where: { channel },
      backwards: true,
    });
    const shown = rows.slice(0, PAGE);
    return {
      total: counted?.count ?? 0,
      delivered: await withPeople(world, tx, shown),
      next: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
    };
  });

export const deliveredBy = (world: World, id: string): Promise<Delivered | undefined> =>
  world.store.transaction(async (tx) => {
    const rows = await tx.find(localDeliveries, { id });
    return (await withPeople(world, tx, rows))[0];
  });

async function withPeople(
  { project }: World,
  tx: Transaction,
  rows: readonly LocalDelivery[],
): Promise<readonly Delivered[]> {
  const keyOf = ({ content }: LocalDelivery): string => textIn(content, 'key') ?? '';
  const sent = new Map(
    (await tx.find(messages, { key: rows.map(keyOf) })).map((row) => [row.key, row]),
  );
  const ids = [...new Set([...sent.values()].map(({ person }) => person))];
  const persons = new Map((await tx.find(people, { id: ids })).map((row) => [row.id, row]));
  const known = groupBy(await tx.find(identities, { person: ids }), ({ person }) => person);
  return rows.map((row) => {
    const message = sent.get(keyOf(row));
    const person = persons.get(message?.person ?? '');
    return {
      id: row.id,
      content: row.content,
      at: Number(row.content['at']),
      journey: message?.journey ?? null,
      step: message?.step ?? null,
      template: message?.template ?? null,
      ...(person === undefined
        ? {}
        : {
            person: {
              id: person.id,
              name: nameOf(person, known.get(person.id) ?? []),
              zone: person.zone ?? project.config.fallbackZone ?? 'UTC',
            },
          }),
    };
  });
}
