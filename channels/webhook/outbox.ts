/** Webhooks that would have been posted, kept on this machine to be looked at: a list of the newest, each with its body. */
import { html } from '../../dsl/html.ts';
import { page, time } from '../local/page.ts';
import { type JournalOptions, openJournal } from '../local/journal.ts';
import { type LocalSender, localSender } from '../local/local-sender.ts';
import { addressRefusal, type OutgoingWebhook } from './outgoing-webhook.ts';

/** Opens the outbox; its page is drawn in a directory, which is made if need be. */
export const openOutbox = async ({
  directory,
  store,
}: Pick<JournalOptions<OutgoingWebhook>, 'directory' | 'store'>): Promise<
  LocalSender<OutgoingWebhook>
> =>
  localSender(
    await openJournal({ store, channel: 'webhook', directory, draw: outboxPage }),
    addressRefusal,
  );

const outboxPage = (newest: readonly OutgoingWebhook[], total: number): string =>
  page(
    `Webhooks (${total})`,
    html`<h1>Webhooks</h1>
      <p class="soft">
        ${total} that would have been posted; nothing left this machine. Reload for more.
      </p>
      <input type="search" placeholder="Search…" aria-label="Search" />
      <table>
        <thead>
          <tr>
            <th>Type</th>
            <th>To</th>
            <th>When</th>
          </tr>
        </thead>
        <tbody>
          ${newest.map(
            ({ type, to, at, body }) =>
              html`<tr data-row>
                <td>
                  <details>
                    <summary>${type}</summary>
                    <pre>${JSON.stringify(JSON.parse(body), null, 2)}</pre>
                  </details>
                </td>
                <td>${to}</td>
                <td>${time(at)}</td>
              </tr>`,
          )}
        </tbody>
      </table>`,
  );
