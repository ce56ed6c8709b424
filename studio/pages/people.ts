/** Who is where, in pages. */
import { RUN_STATUSES } from '../../engine/run.ts';
import type { World } from '../../activities/world.ts';
import { html, type Html } from '../../dsl/html.ts';
import { type PeopleAsked, peopleAt, type PersonInJourney } from '../../views/people-at.ts';
import { ROOT } from '../frame.ts';
import { journeyPath, link, personPath, query, time } from '../parts.ts';

export async function peoplePage(world: World, asked: PeopleAsked): Promise<Html> {
  const { people, next } = await peopleAt(world, asked);
  const { journey, step, stage, status } = asked;
  return html`<h1>People</h1>
    <form class="tabs" action="${ROOT}/people">
      <label
        >Journey
        <select name="journey">
          <option value="">all</option>
          ${[...world.project.plans.keys()].map((id) => option(id, id === journey))}
        </select></label
      >
      <label
        >Status
        <select name="status">
          <option value="">under way</option>
          ${RUN_STATUSES.map((each) => option(each, each === status))}
        </select></label
      >
      <label>Step <input name="step" value="${step ?? ''}" /></label>
      <label>Stage <input name="stage" value="${stage ?? ''}" /></label>
      <button>Show</button>
    </form>
    <div class="card wide">
      ${
        people.length === 0
          ? html`<p class="soft">Nobody.</p>`
          : html`<table>
              <thead>
                <tr>
                  <th scope="col">Person</th>
                  <th scope="col">Journey</th>
                  <th scope="col">Step</th>
                  <th scope="col">Goes on (their time)</th>
                </tr>
              </thead>
              <tbody>
                ${people.map(row)}
              </tbody>
            </table>`
      }
    </div>
    ${next === null ? '' : link(`/people${query({ journey, step, stage, status, after: next })}`, 'More')}`;
}

const option = (value: string, isChosen: boolean): Html =>
  html`<option ${isChosen ? html`selected` : ''}>${value}</option>`;

const row = (each: PersonInJourney): Html =>
  html`<tr>
    <td>
      ${link(personPath(each.person), each.name)}${each.stage === null ? '' : html` <span class="chip">${each.stage}</span>`}<br /><small
        >${each.user ?? ''}</small
      >
    </td>
    <td>${link(journeyPath(each.journey), each.journey)}</td>
    <td>
      ${each.status === 'live' ? (each.step ?? 'at its end') : html`<span class="chip ${each.status === 'parked' ? 'red' : ''}">${each.status}</span>`}
      ${each.error === null ? '' : html`<br /><small>${each.error}</small>`}
    </td>
    <td>
      ${each.until === null ? html`<small>${each.status === 'live' ? 'when something happens' : ''}</small>` : time(each.until, each.zone)}
    </td>
  </tr>`;
