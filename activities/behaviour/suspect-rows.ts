/** Marks rows that look machine-made, with what the store knows about messages and earlier clicks. */
import { systemEvents } from '../../dsl/system-events.ts';
import type { Instant } from '../../dsl/plan.ts';
import { groupBy } from '../../store/group-by.ts';
import type { Transaction } from '../../store/store.ts';
import { type EventRow, messages } from '../../store/tables/index.ts';
import { itemKey, type BehaviourContext } from './behaviour-item.ts';
import { suspectBot, TELLING_AFTER_MS, TELLING_BEFORE_MS } from './suspected-bot.ts';

/** @param contexts of the rows, in their order. */
export async function suspectRows(
  tx: Transaction,
  rows: readonly EventRow[],
  contexts: readonly (BehaviourContext | undefined)[],
): Promise<EventRow[]> {
  const clicked = rows.filter(({ name }) => name === systemEvents.emailLinkClicked);
  const { clicksOf, sentAt } = await clickHistory(tx, clicked);
  return rows.map((row, i) => {
    const context = contexts[i];
    const isClick = row.name === systemEvents.emailLinkClicked;
    if (context === undefined && !isClick) return row;
    const suspectedBot = suspectBot({
      name: row.name,
      at: row.at,
      userAgent: context?.userAgent,
      ip: context?.ip,
      sentAt: sentAt(row),
      ...(isClick ? { clicks: (clicksOf.get(row.person) ?? []).map(clickOf) } : {}),
    });
    return suspectedBot ? { ...row, suspectedBot } : row;
  });
}

async function clickHistory(tx: Transaction, clicked: readonly EventRow[]) {
  if (clicked.length === 0) {
    return { clicksOf: new Map<string, EventRow[]>(), sentAt: () => undefined };
  }
  const keys = clicked.flatMap((row) => messageOf(row) ?? []);
  const rows = await tx.find(messages, { key: keys });
  const sent = rows.map(({ key, at }) => ({ key, at }));
  const events = await tx.findBehaviour(
    clicked.map(({ person, at }) => ({
      person,
      after: at - TELLING_BEFORE_MS - 1,
      upTo: at + TELLING_AFTER_MS,
    })),
    [systemEvents.emailLinkClicked, systemEvents.emailSent],
  );
  const clicks = new Map(clicked.map((row) => [itemKey(row), row]));
  for (const row of events) {
    const message = messageOf(row);
    if (row.name === systemEvents.emailLinkClicked) clicks.set(itemKey(row), row);
    else if (message !== undefined) sent.push({ key: message, at: row.at });
  }
  return {
    clicksOf: groupBy([...clicks.values()], ({ person }) => person),
    // A lane sends later than the gate decided: the last of these is nearest to delivery.
    sentAt: ({ at, ...row }: EventRow): Instant | undefined =>
      sent
        .filter(({ key, at: sentAt }) => key === messageOf(row) && sentAt <= at)
        .reduce<Instant | undefined>((last, each) => Math.max(last ?? each.at, each.at), undefined),
  };
}

function messageOf({ properties }: Pick<EventRow, 'properties'>): string | undefined {
  return typeof properties['message'] === 'string' ? properties['message'] : undefined;
}

function clickOf({ at, properties, id }: EventRow) {
  const link = properties['link'] ?? properties['url'];
  return { at, link: typeof link === 'string' ? link : id };
}
