/** Every template, and each as a sample or a stored lead would get it: on a desktop, on a phone, and as text. */
import type { World } from '../../activities/world.ts';
import { html, type Html } from '../../dsl/html.ts';
import type { Preview } from '../../views/preview.ts';
import { ROOT } from '../frame.ts';
import { link, query, templatePath } from '../parts.ts';
import { widths } from './inbox.ts';

export const templatesPage = ({ project }: Pick<World, 'project'>): Html =>
  html`<h1>Templates</h1>
    <div class="card wide">
      <table>
        <thead>
          <tr>
            <th scope="col">Template</th>
            <th scope="col">Class</th>
            <th scope="col">Topic</th>
          </tr>
        </thead>
        <tbody>
          ${[...project.templates.values()].map(
            ({ id, topic, class: messageClass }) =>
              html`<tr>
                <td>${link(templatePath(id), id)}</td>
                <td>${messageClass}</td>
                <td>${topic ?? ''}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;

export function templatePage(
  template: string,
  shown: Preview,
  { who, isPhone }: { readonly who: string | undefined; readonly isPhone: boolean },
): Html {
  const path = templatePath(template);
  return html`<p class="soft">${link('/templates', 'Templates')}</p>
    <h1>${'email' in shown ? shown.email.subject : template}</h1>
    <p class="soft">
      ${template}${'email' in shown ? `, from ${shown.email.from}, to ${shown.email.to}` : ''}
    </p>
    <form class="tabs" action="${ROOT}${path}">
      <label
        >As this lead gets it
        <input
          name="who"
          value="${who ?? ''}"
          placeholder="user id or e-mail; empty: a made-up lead"
      /></label>
      <button>Show</button>
    </form>
    ${
      'problem' in shown
        ? html`<p class="note">It cannot be sent: ${shown.problem}</p>`
        : html`${widths(path, isPhone, { who })}
            <iframe
              class="mail ${isPhone ? 'phone' : ''}"
              data-keep="${template} ${who ?? ''} ${isPhone ? 'phone' : ''}"
              title="The message"
              src="${ROOT}${path}/html${query({ who })}"
            ></iframe>
            <div class="cols">
              <section>
                <h2>As text</h2>
                <pre>${shown.email.text}</pre>
              </section>
              <section class="card">
                <h2>${shown.isSample ? 'The made-up lead' : 'The lead'}</h2>
                <pre>${JSON.stringify(shown.profile, null, 2)}</pre>
              </section>
            </div>`
    }`;
}
