/** Search attributes that a namespace lacks: found at the start instead of at the first workflow. */
import proto from '@temporalio/proto';
import type { Connection } from '@temporalio/client';
import type { TemporalConnectionOptions } from '../worker/temporal-connection-options.ts';
import { SEARCH_ATTRIBUTES } from './search-attributes.ts';
import { TemporalServerError } from './temporal-server-error.ts';

const { INDEXED_VALUE_TYPE_KEYWORD } = proto.temporal.api.enums.v1.IndexedValueType;

/** Names of ours that are not registered as keywords in the namespace. */
export async function missingSearchAttributes(
  connection: Connection,
  namespace: string,
): Promise<string[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return Object.keys(SEARCH_ATTRIBUTES).filter(
    (name) => customAttributes[name] !== INDEXED_VALUE_TYPE_KEYWORD,
  );
}

/**
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
    `Temporal at ${connect.address}, namespace "${namespace}": expected the search attributes ${Object.keys(
      SEARCH_ATTRIBUTES,
    ).join(', ')} (Keyword), without ${missing.join(', ')}. Register them once:\n  ${[
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
  const missing = await missingSearchAttributes(connection, namespace);
  if (missing.length === 0) return;
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, INDEXED_VALUE_TYPE_KEYWORD])),
  });
}
