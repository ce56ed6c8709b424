/** A request's JSON, plain or gzip, within a size: more is never read, nor unpacked. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

export type ReadBody = { readonly body: unknown } | { readonly refused: 'too-large' | 'not-json' };

const unpack = promisify(gunzip);

/** Told by its first bytes: some senders name another encoding, or none. */
const GZIP = [0x1f, 0x8b];

export async function readBody(request: Request, maxBytes: number): Promise<ReadBody> {
  const declared = Number(request.headers.get('content-length') ?? 0);
  const packed = declared > maxBytes ? undefined : await readBytes(request, maxBytes);
  if (packed === undefined) return { refused: 'too-large' };
  try {
    const isPacked = GZIP.every((byte, i) => packed[i] === byte);
    const bytes = isPacked ? await unpack(packed, { maxOutputLength: maxBytes }) : packed;
    return { body: JSON.parse(bytes.toString('utf8')) as unknown };
  } catch (error) {
    return { refused: isTooLarge(error) ? 'too-large' : 'not-json' };
  }
}

async function readBytes(request: Request, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
