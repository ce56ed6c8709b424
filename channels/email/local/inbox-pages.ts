/** The local inbox as its reader sees it: a list of the newest messages, and each message. */
import { html } from '../../../dsl/html.ts';
import type { OutgoingEmail } from '../outgoing-email.ts';
import { localId } from '../../local/journal.ts';
import { page, time } from '../../local/page.ts';

/** Of the message's own page, relative to the inbox's directory. */
export const fileOf = ({ key }: OutgoingEmail): string => `messages/${localId(key)}.html`;

/** `newest` in the order of the page. */
export const inboxPage = (newest: readonly OutgoingEmail[], total: number): string =>
  page(
    `Inbox (${total})`,
    html`<h1>Inbox</h1>
      <p class="soft">
        ${total} ${total === 1 ? 'message' : 'messages'} that would have been sent; nothing left
        this machine.${total > newest.length ? ` The newest ${newest.length} are shown.` : ''}
        Reload for more.
      </p>
      <input type="search" placeholder="Search…" aria-label="Search" />
      <table>
        <thead>
          <tr>
            <th>To</th>
            <th>Subject</th>
            <th>Journey</th>
            <th>When</th>
          </tr>
        </thead>
        <tbody>
          ${newest.map(
            (email) =>
              html`<tr data-row>
                <td>${email.to}<br /><span class="soft">from ${email.from}</span></td>
                <td><a href="${fileOf(email)}">${email.subject || '(no subject)'}</a></td>
                <td>
                  ${email.tags['journey']}<br /><span class="tag">${email.tags['step']}</span>
                </td>
                <td>${time(email.at)}</td>
              </tr> `,
          )}
        </tbody>
      </table>`,
  );

/** Its links open in a tab of their own, where they work as they would for the lead. */
const LINKS_OUTSIDE = '<base target="_blank">';

/** The message in a frame of its own: its markup can touch nothing around it, and runs no script. */
export const messagePage = (email: OutgoingEmail): string =>
  page(
    email.subject,
    html`<p><a href="../index.html">← Inbox</a></p>
      <h1>${email.subject || '(no subject)'}</h1>
      <dl>
        <dt>From</dt>
        <dd>${email.from}</dd>
        <dt>To</dt>
        <dd>${email.to}</dd>
        ${
          email.replyTo === null
            ? ''
            : html`<dt>Reply to</dt>
                <dd>${email.replyTo}</dd>`
        }
        <dt>When</dt>
        <dd>${time(email.at)}</dd>
        ${['journey', 'step', 'template', 'run'].map(
          (tag) =>
            html`<dt>${tag}</dt>
              <dd>${email.tags[tag]}</dd>`,
        )}
        ${Object.entries(email.headers).map(
          ([name, value]) =>
            html`<dt>${name}</dt>
              <dd>${value}</dd>`,
        )}
      </dl>
      <iframe
        title="Message"
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        srcdoc="${email.html + LINKS_OUTSIDE}"
      ></iframe>
      <details>
        <summary>As text</summary>
        <pre>${email.text}</pre>
      </details>`,
  );
