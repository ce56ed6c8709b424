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
  const missing = await missingIn(connection, namespace);
  if (missing.length === 0) return;
  throw new TemporalServerError(
    'missing-search-attributes',
    `Temporal at ${connect.address}, namespace "${namespace}": expected the search attributes ${SEARCH_ATTRIBUTE_NAMES.join(
      ', ',
    )} (Keyword), without ${missing.join(', ')}. Register them once:\n  ${[
      'temporal operator search-attribute create',
      `--address ${connect.address} --namespace ${namespace}`,
      ...(connect.tls ? ['--tls'] : []),
      ...(connect.apiKey === undefined ? [] : ['--api-key "$TEMPORAL_API_KEY"']),
      ...missing.map((name) => `--name ${name} --type Keyword`),
    ].join(' ')}\n`,
  );
}

/** For a server of our own whose file is older than one of the attributes. */
export async function addMissingSearchAttributes(
  connection: Connection,
  namespace: string,
): Promise<void> {
  const missing = await missingIn(connection, namespace);
  if (missing.length === 0) return;
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, INDEXED_VALUE_TYPE_KEYWORD])),
  });
}

async function missingIn(connection: Connection, namespace: string): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return SEARCH_ATTRIBUTE_NAMES.filter(
    (name) => customAttributes[name] !== INDEXED_VALUE_TYPE_KEYWORD,
  );
}
