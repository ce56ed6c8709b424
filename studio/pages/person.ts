/** One person: who they are, their score over time with its reasons, their story, and what comes if nothing else happens. */
import type { World } from '../../activities/world.ts';
import { html, type Html } from '../../dsl/html.ts';
import type { Json } from '../../dsl/plan.ts';
import { isUnderWay } from '../../engine/run.ts';
import type { Forecast } from '../../views/forecast.ts';
import type { PersonView, RunView } from '../../views/person-view.ts';
import { printWarning } from '../../activities/behaviour/data-warnings.ts';
import { ROOT } from '../frame.ts';
import type { StudioAccess } from '../let-in.ts';
import { journeyPath, link, personPath, points, query, story, time } from '../parts.ts';
import { curve } from './curve.ts';

export function personPage(
  { clock }: Pick<World, 'clock'>,
  person: PersonView,
  ahead: Forecast,
  { mayAct, mayLeap = false }: StudioAccess,
): Html {
  const { name, user, id, zone, hasOwnZone, profile, score } = person;
  return html`<p class="soft">${link('/people', 'People')}</p>
    <h1>${name}</h1>
    <p>
      ${user === null ? '' : html`<span class="chip">${user}</span> `}${permissions(person)}
      <span class="soft"
        >where it is ${time(clock(), zone)},
        ${zone}${hasOwnZone ? '' : ' (the config’s zone: theirs is not known)'}</span
      >
    </p>
    <div class="cols">
      <div>
        ${
          score === null
            ? ''
            : html`<section class="card">
                <h2>
                  Score
                  ${points(score.total)}${score.grade === null ? '' : `, grade ${score.grade}`}
                </h2>
                ${curve(person)} ${reasons(person)}
              </section>`
        }
        <section class="card">
          <h2>Journeys</h2>
          ${
            person.runs.length === 0
              ? html`<p class="soft">In none so far.</p>`
              : html`<table>
                  ${person.runs.map((run) => runRow(run, zone, id, mayAct))}
                </table>`
          }
        </section>
        <section class="card">
          <h2>Profile</h2>
          ${person.misfits.map((each) => html`<p class="note">Left out: ${printWarning(each)}</p>`)}
          <dl class="profile">
            ${Object.entries(profile).map(
              ([field, value]) =>
                html`<dt>${field}</dt>
                  <dd>${printed(value)}</dd>`,
            )}
            ${person.identities.map(
              ({ kind, value }) =>
                html`<dt>known as</dt>
                  <dd>${kind} ${value}</dd>`,
            )}
          </dl>
        </section>
      </div>
      <section class="card">
        <h2>Story <small>in their time, ${zone}</small></h2>
        ${person.earlier > 0 ? html`<p class="soft">${person.earlier} earlier lines are left out.</p>` : ''}
        ${story(person.story, zone)}
        <p class="now">now</p>
        ${
          mayAct && mayLeap && ahead.entries.length > 0
            ? html`<form class="act" method="post" action="${ROOT}${personPath(id)}/leap">
                <button class="primary">Leap to what is next</button>
              </form>`
            : ''
        }
        ${ahead.entries.length === 0 ? html`<p class="soft">Nothing comes by itself.</p>` : story(ahead.entries, zone, true)}
        ${ahead.dependsOn.map((own) => html`<p class="soft">Then it depends on own code: ${own}.</p>`)}
        <p class="soft">
          What comes if they do nothing else, as far as ${time(ahead.until, zone)}.
        </p>
      </section>
    </div>`;
}

function permissions({ consents, suppressions }: PersonView): Html {
  const latest = new Map(consents.map(({ topic, state }) => [topic, state]));
  return html`${[...latest].map(([topic, state]) =>
    state === 'in'
      ? html`<span class="chip green">consents to ${topic}</span> `
      : html`<span class="chip red">has left ${topic}</span> `,
  )}${suppressions.map(
    ({ channel, reason }) =>
      html`<span class="chip red">suppressed on ${channel ?? 'every channel'}: ${reason}</span> `,
  )}`;
}

const reasons = ({ score }: PersonView): Html =>
  html`<table>
    ${(score?.because ?? []).map(
      ({ rule, dimension, points: given, count }) =>
        html`<tr>
          <td>${rule}${count > 1 ? ` ×${count}` : ''}</td>
          <td class="soft">${dimension}</td>
          <td class="right num">${given > 0 ? '+' : ''}${points(given)}</td>
        </tr>`,
    )}
  </table>`;

function runRow(run: RunView, zone: string, person: string, mayAct: boolean): Html {
  const { journey, status, step, label, until, enteredAt, endedAt, error } = run;
  return html`<tr>
    <td>
      ${link(`${journeyPath(journey)}${query({ step: step ?? undefined })}`, journey)}<br /><small
        >entered ${time(enteredAt, zone)}</small
      >
    </td>
    <td>
      ${
        endedAt === null
          ? html`${label ?? step ?? 'at its end'}${status === 'parked' ? html` <span class="chip red">parked</span><br /><small>${error}</small>` : ''}${until === null ? '' : html`<br /><small>until ${time(until, zone)}</small>`}`
          : html`<span class="chip">${status}</span> <small>${time(endedAt, zone)}</small>`
      }
      ${
        mayAct && isUnderWay(status)
          ? html`<form class="act" method="post" action="${ROOT}${personPath(person)}/end">
                <input type="hidden" name="journey" value="${journey}" /><button>
                  End ${journey}
                </button>
              </form>
              ${status === 'parked' ? html`<form class="act" method="post" action="${ROOT}${personPath(person)}/retry"><input type="hidden" name="run" value="${run.run}" /><input type="hidden" name="journey" value="${journey}" /><button>Retry ${journey}</button></form>` : ''}`
          : ''
      }
    </td>
  </tr>`;
}

const printed = (value: Json): string =>
  typeof value === 'string' ? value : JSON.stringify(value);
