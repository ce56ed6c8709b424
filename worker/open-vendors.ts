/** The adapters that a config chooses, opened: who carries e-mail and where sales works. */
import { join } from 'node:path';
import { openInbox } from '../channels/email/local/inbox.ts';
import { openPipeline } from '../channels/crm/local/pipeline.ts';
import { resendEmailSender } from '../channels/email/resend/resend-email-sender.ts';
import type { Crm, EmailSender } from '../activities/ports.ts';
import type { CultivoConfig } from '../dsl/config.ts';
import type { Environment } from './environment.ts';

export interface Vendors {
  readonly email: EmailSender;
  readonly crm: Crm;
  /** Pages to look at, by what they show. */
  readonly pages: { readonly inbox?: string; readonly pipeline?: string };
  close(): Promise<void>;
}

type Keys = Pick<Environment, 'RESEND_API_KEY' | 'RESEND_BASE_URL'>;

/** @throws Error [key-missing] naming the variable that the chosen vendor needs. */
export async function openVendors(
  config: CultivoConfig,
  keys: Keys,
  directory: string,
): Promise<Vendors> {
  const pipeline = await openPipeline({ directory: join(directory, 'pipeline') });
  if (config.messaging?.email?.vendor === 'resend') {
    const pages = { pipeline: pipeline.page };
    return { email: resend(keys), crm: pipeline, pages, close: () => pipeline.close() };
  }
  const inbox = await openInbox({ directory: join(directory, 'inbox') });
  return {
    email: inbox,
    crm: pipeline,
    pages: { inbox: inbox.page, pipeline: pipeline.page },
    close: async () => {
      await inbox.close();
      await pipeline.close();
    },
  };
}

function resend({ RESEND_API_KEY: apiKey, RESEND_BASE_URL: baseUrl }: Keys): EmailSender {
  if (apiKey === undefined) {
    throw new Error(
      'RESEND_API_KEY: expected a key because the config sends through resend(), received none. ' +
        'Set it, or choose localInbox(). [key-missing]',
    );
  }
  return resendEmailSender({ apiKey, ...(baseUrl === undefined ? {} : { baseUrl }) });
}
