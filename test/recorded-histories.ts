/** Where recorded histories are kept, and of which kinds they are. */
export const HISTORIES = new URL('histories/', import.meta.url);

export const HISTORY_KINDS = ['cohort-of-one', 'cohort-of-many', 'lane'] as const;

export type HistoryKind = (typeof HISTORY_KINDS)[number];
