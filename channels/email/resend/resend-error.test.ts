import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { ProviderUnavailable } from '../../../activities/lanes/sender.ts';
import { anEmail } from '../../../test/numbered-emails.ts';
import { resendEmailSender } from './resend-email-sender.ts';

/** Sends two e-mails to a server that always answers so. */
async function answered(status: number, body: string): Promise<unknown> {
  const server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}`;
  const sender = resendEmailSender({ apiKey: 're_test', baseUrl });
  return sender.send('batch', [anEmail(1), anEmail(2)]).catch((error: unknown) => error);
}

test.each([
  [503, '{"message":"upstream"}'],
  [429, '{"error":"slow down"}'],
  [500, '{}'],
  [502, 'null'],
  [503, '"no"'],
  [503, '[]'],
  [504, '<html>gateway</html>'],
  [422, '{}'],
  [400, '{"statusCode":400,"message":"Bad request"}'],
  [413, '{"statusCode":413,"name":"payload_too_large","message":"Too large"}'],
  [404, '<html>not here</html>'],
  [200, 'null'],
  [200, ''],
  [200, '{"error":"no"}'],
  [200, '{"data":{"id":"1"}}'],
  [200, '{"data":[],"errors":"none"}'],
  [500, '{"name":7,"statusCode":"500","message":null}'],
])('an answer %i of %s refuses nobody: the batch comes again', async (status, body) => {
  const error = await answered(status, body);
  expect(error).toBeInstanceOf(ProviderUnavailable);
  expect(error).toMatchObject({ park: false });
});

test.each(['{"data":[]}', '{"data":[null,{"id":7}]}', '{"data":[],"errors":[null,{"index":9}]}'])(
  'accepted, and answered by %s: nobody knows, and nobody is sent it again',
  async (body) => {
    expect(await answered(200, body)).toMatchObject([{ status: 'unknown' }, { status: 'unknown' }]);
  },
);

test.each([401, 402, 403, 451])(
  '%i of whatever name is the account’s: the lane waits',
  async (status) => {
    const body = JSON.stringify({ statusCode: status, name: 'something_new', message: 'No.' });
    expect(await answered(status, body)).toMatchObject({ code: 'something_new', park: true });
  },
);
