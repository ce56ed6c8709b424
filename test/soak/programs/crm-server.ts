/** A CRM over HTTP: the local pipeline's rules, each call in a file before it is answered. */
import { appendFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { CrmRefusal, type CrmResult } from '../../../channels/crm/crm.ts';
import { pipelineState } from '../../../channels/crm/local/pipeline-state.ts';
import { readLines } from '../../fakes/resend-journal.ts';
import type { CrmCall } from './crm-call.ts';

export interface CrmServerOptions {
  readonly port: number;
  readonly journal: string;
  /** Asked before and after each call is done: true, and its caller hears of a fault. */
  readonly fails: () => boolean;
}

export async function serveCrm({ port, journal, fails }: CrmServerOptions): Promise<void> {
  const state = pipelineState();
  const perform = ({ method, args }: CrmCall): CrmResult =>
    // The call's method and arguments are of one method of the port.
    (state[method] as (...given: unknown[]) => CrmResult)(...args);
  for (const call of readLines<CrmCall>(journal)) perform(call);

  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      if (fails()) return void response.writeHead(500).end();
      // Written by `httpCrm`.
      const call = JSON.parse(text) as CrmCall;
      try {
        const result = perform(call);
        appendFileSync(journal, `${JSON.stringify(call)}\n`);
        if (fails()) return void request.socket.destroy();
        response.end(JSON.stringify(result));
      } catch (error) {
        if (!(error instanceof CrmRefusal)) throw error;
        response.writeHead(422).end(JSON.stringify({ code: error.code, message: error.message }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array)); // no encoding is set
  return Buffer.concat(chunks).toString();
}
