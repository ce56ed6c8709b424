/** Sees to it that a namespace has our search attributes, at the start and not at the first workflow. */
import type { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import * as declared from '../workflows/search-attributes.ts';
import type { TemporalConnectionOptions } from './connection-options.ts';
import { TemporalServerError } from './temporal-server-error.ts';

const { INDEXED_VALUE_TYPE_KEYWORD } = proto.temporal.api.enums.v1.IndexedValueType;

// One of another type does not compile: everything below registers keywords.
const KEYWORDS: readonly { readonly name: string; readonly type: 'KEYWORD' }[] =
  Object.values(declared);

/** All of them are keywords. */
export const SEARCH_ATTRIBUTE_NAMES: readonly string[] = KEYWORDS.map(({ name }) => name);

/**
 * For a cluster of others, which we leave as it is.
 *
 * @throws TemporalServerError [missing-search-attributes] with the command that registers them.
 */
export async function requireSearchAttributes(
  connection: Connection,
  namespace: string,
  connect: TemporalConnectionOptions,
): Promise<void> {
  const missing = await missingSearchAttributes(connection, namespace);
  if (missing.length === 0) return;
  throw new TemporalServerError(
    'missing-search-attributes',
    `Temporal at ${connect.address}, namespace "${namespace}": expected the search attributes ${SEARCH_ATTRIBUTE_NAMES.join(
      ', ',
    )} (Keyword), without ${missing.join(', ')}. Register them once:\n  ${registering(connect, namespace, missing)}\n`,
  );
}

/** The command that registers them. */
export const registering = (
  connect: TemporalConnectionOptions,
  namespace: string,
  names: readonly string[],
): string =>
  [
    'temporal operator search-attribute create',
    ...clusterFlags(connect, namespace),
    ...names.map((name) => `--name ${name} --type Keyword`),
  ].join(' ');

/** How Temporal's CLI is told which cluster and namespace are meant. */
export const clusterFlags = (
  { address, tls, apiKey }: TemporalConnectionOptions,
  namespace: string,
): readonly string[] => [
  `--address ${address} --namespace ${namespace}`,
  ...(tls ? ['--tls'] : []),
  ...(apiKey === undefined ? [] : ['--api-key "$TEMPORAL_API_KEY"']),
];

/** For a server of our own whose file is older than one of the attributes. */
export async function addMissingSearchAttributes(
  connection: Connection,
  namespace: string,
): Promise<void> {
  const missing = await missingSearchAttributes(connection, namespace);
  if (missing.length === 0) return;
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, INDEXED_VALUE_TYPE_KEYWORD])),
  });
}

/** Those that are not there, or hold something else. */
export async function missingSearchAttributes(
  connection: Connection,
  namespace: string,
): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return SEARCH_ATTRIBUTE_NAMES.filter(
    (name) => customAttributes[name] !== INDEXED_VALUE_TYPE_KEYWORD,
  );
}
