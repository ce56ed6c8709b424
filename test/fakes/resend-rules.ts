/** What the fake Resend takes and refuses, and in which words. */
import { randomUUID } from 'node:crypto';

export interface ResendEmail {
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: { readonly [name: string]: string };
  readonly tags: { readonly [name: string]: string };
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: { readonly [name: string]: string };
}

export interface Row {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly html?: string;
  readonly text?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly tags?: readonly { readonly name: string; readonly value: string }[];
}

export const normalise = (row: Row): Row => ({ ...row, to: [row.to ?? []].flat() });

export const toEmail = (row: Row): ResendEmail => ({
  id: randomUUID(),
  from: row.from,
  to: row.to,
  subject: row.subject,
  html: row.html ?? '',
  text: row.text ?? '',
  headers: row.headers ?? {},
  tags: Object.fromEntries((row.tags ?? []).map(({ name, value }) => [name, value])),
});

export function problemOf(row: Row, refused: ReadonlyMap<string, string>): string | undefined {
  const bad = row.to.find((address) => !/^\S+@\S+\.\S+$/.test(address) || refused.has(address));
  if (bad !== undefined) return `Invalid \`to\` field. ${bad} is not a valid email address.`;
  if (row.to.length === 0) return 'Missing `to` field.';
  if (
    row.tags?.some(
      ({ name, value }) => !/^[\w-]{1,256}$/.test(name) || !/^[\w-]{1,256}$/.test(value),
    )
  ) {
    return 'Tags should only contain ASCII letters, numbers, underscores, or dashes.';
  }
  return undefined;
}

export const domainOf = (from: string): string => /@([^\s>]+)/.exec(from)?.[1] ?? '';

export const failure = (statusCode: number, name: string, message: string): Answer => ({
  status: statusCode,
  body: { statusCode, name, message },
});

export const rateLimited = (retryAfterSeconds = 1): Answer => ({
  ...failure(429, 'rate_limit_exceeded', 'Too many requests. You can only make 5 a second.'),
  headers: { 'retry-after': String(retryAfterSeconds) },
});
