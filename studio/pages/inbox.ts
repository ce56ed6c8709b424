/** What the local inbox and outbox were given, the newest first, and each as its reader gets it. */
import type { World } from '../../activities/world.ts';
import { html, type Html } from '../../dsl/html.ts';
import { type Delivered, type DeliveredPage, deliveredPage } from '../../views/delivered.ts';
import { textIn } from '../../views/text-in.ts';
import { ROOT } from '../frame.ts';
import { link, number, personPath, query, templatePath, time } from '../parts.ts';

export const messagePath = (id: string): string => `/inbox/${encodeURIComponent(id)}`;

export async function inboxPage(world: World, after: string | undefined): Promise<Html> {
  const [mails, posts] = [
    await deliveredPage(world, 'email', after),
    await deliveredPage(world, 'webhook'),
  ];
  return html`<h1>Inbox</h1>
    <p class="soft">
      ${number(mails.total)} ${mails.total === 1 ? 'e-mail' : 'e-mails'} that would have been sent;
      nothing left this machine. Times are each reader's own.
    </p>
    <div class="card wide">
      ${
        mails.delivered.length === 0
          ? html`<p class="soft">
              Nothing yet. <code>cultivo why &lt;user&gt;</code> says why somebody got nothing.
            </p>`
          : mailTable(mails)
      }
    </div>
    ${mails.next === null ? '' : link(`/inbox${query({ after: mails.next })}`, 'Older ones')}
    ${posts.total === 0 ? '' : postTable(posts)}`;
}

const mailTable = ({ delivered }: DeliveredPage): Html =>
  html`<table>
    <thead>
      <tr>
        <th scope="col">To</th>
        <th scope="col">Subject</th>
        <th scope="col">Journey, step</th>
        <th scope="col">When, their time</th>
      </tr>
    </thead>
    <tbody>
      ${delivered.map(
        (each) =>
          html`<tr>
            <td>${who(each)}<br /><small>${text(each, 'to')}</small></td>
            <td>
              ${link(messagePath(each.id), text(each, 'subject') || '(no subject)')}<br /><small
                >from ${text(each, 'from')}</small
              >
            </td>
            <td>${each.journey ?? ''}<br /><small>${each.step ?? ''}</small></td>
            <td>${when(each)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;

const postTable = ({ delivered, total }: DeliveredPage): Html =>
  html`<section class="card wide">
    <h2>Webhooks <small>${number(total)} that would have been posted</small></h2>
    <table>
      ${delivered.map(
        (each) =>
          html`<tr>
            <td>
              <details>
                <summary>${text(each, 'type')}</summary>
                <pre>${text(each, 'body')}</pre>
              </details>
            </td>
            <td>${who(each)}</td>
            <td>${text(each, 'to')}</td>
            <td>${when(each)}</td>
          </tr>`,
      )}
    </table>
  </section>`;

const who = ({ person }: Delivered): Html =>
  person === undefined ? html`` : link(personPath(person.id), person.name);

const when = ({ at, person }: Delivered): Html => {
  const zone = person?.zone ?? 'UTC';
  return html`${time(at, zone)}<br /><small>${zone}</small>`;
};

const text = ({ content }: Delivered, field: string): string => textIn(content, field) ?? '';

export function messagePage(message: Delivered, isPhone: boolean): Html {
  const headers = Object.entries(message.content['headers'] ?? {});
  const path = messagePath(message.id);
  return html`<p class="soft">${link('/inbox', 'Inbox')}</p>
    <h1>${text(message, 'subject') || '(no subject)'}</h1>
    <dl class="profile">
      <dt>from</dt>
      <dd>${text(message, 'from')}</dd>
      <dt>to</dt>
      <dd>${text(message, 'to')} ${who(message)}</dd>
      <dt>when</dt>
      <dd>${when(message)}</dd>
      <dt>journey</dt>
      <dd>${message.journey ?? ''} ${message.step ?? ''}</dd>
      <dt>template</dt>
      <dd>
        ${message.template === null ? '' : link(templatePath(message.template), message.template)}
      </dd>
      ${headers.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${String(value)}</dd>`,
      )}
    </dl>
    ${widths(path, isPhone)}
    <iframe
      class="mail ${isPhone ? 'phone' : ''}"
      data-keep="${message.id} ${isPhone ? 'phone' : ''}"
      title="The message"
      src="${ROOT}${path}/html"
    ></iframe>
    <h2>As text</h2>
    <pre>${text(message, 'text')}</pre>`;
}

export const widths = (path: string, isPhone: boolean, more = {}): Html =>
  html`<nav class="tabs" aria-label="Width">
    ${(['desktop', 'phone'] as const).map(
      (width) =>
        html`<a
          href="${ROOT}${path}${query({ ...more, width })}"
          ${(width === 'phone') === isPhone ? html`aria-current="page"` : ''}
          >${width}</a
        >`,
    )}
  </nav>`;
