/** One journey: its calendar or its graph, its people, and the step that was chosen. */
import type { World } from '../../activities/world.ts';
import { DAY_MS } from '../../dsl/duration.ts';
import { html, type Html } from '../../dsl/html.ts';
import type { Plan } from '../../dsl/plan.ts';
import { calendarOf } from '../../views/calendar.ts';
import {
  type Counted,
  type JourneyView,
  journeyView,
  type StepView,
} from '../../views/journey-view.ts';
import { peopleAt, type PersonInJourney } from '../../views/people-at.ts';
import { CURRENT, ROOT } from '../frame.ts';
import { journeyPath, link, number, personPath, query, templatePath, time } from '../parts.ts';
import { calendar } from './calendar.ts';

export interface JourneyAsked {
  readonly step?: string | undefined;
  /** How far what is counted goes back. */
  readonly days: number;
  readonly as: 'calendar' | 'graph';
}

/** Whole days: they are remembered. */
const midnight = (at: number): number => Math.floor(at / DAY_MS) * DAY_MS;

const SPANS = [1, 7, 30, 90, 365] as const;
const SHOWN = 8;

export async function journeyPage(world: World, plan: Plan, asked: JourneyAsked): Promise<Html> {
  const { days, step, as } = asked;
  const view = await journeyView(world, plan, { from: midnight(world.clock() - days * DAY_MS) });
  const chosen = view.steps.find((each) => each.step === step);
  // What lays graphs out is loaded when somebody asks for one.
  const drawing =
    as === 'graph'
      ? (await import('./graph.ts')).graph(view, days)
      : calendar(calendarOf(plan), view, chosen?.step, days);
  const path = journeyPath(plan.id);
  return html`<p class="soft">${link('', 'Journeys')}</p>
    <h1>${plan.id}</h1>
    <p>
      ${view.rules.map((rule) => html`<span class="chip">${rule}</span> `)}<span class="chip"
        >plan ${plan.hash.slice(0, 8)}</span
      >
      ${view.olderSteps.length === 0 ? '' : html`<span class="chip amber">${number(sum(view.olderSteps.map(({ standing }) => standing)))} stand at steps of older plans</span>`}
    </p>
    ${facts(view, days)}
    <nav class="tabs" aria-label="Time">
      ${SPANS.map(
        (each) =>
          html`<a
            href="${ROOT}${path}${query({ days: each, step, as })}"
            ${each === days ? CURRENT : ''}
            >${each === 1 ? 'a day' : `${each} days`}</a
          >`,
      )}
      <span class="soft">·</span>
      ${(['calendar', 'graph'] as const).map(
        (each) =>
          html`<a
            href="${ROOT}${path}${query({ days, step, as: each })}"
            ${each === as ? CURRENT : ''}
            >${each}</a
          >`,
      )}
    </nav>
    <div class="${as === 'graph' ? '' : 'cols'}">
      <section class="card wide" aria-label="The journey" tabindex="0">${drawing}</section>
      <div id="step">
        ${chosen === undefined ? '' : await stepCards(world, plan, chosen)}
        <section class="card" data-keep="traffic" data-load="${ROOT}${path}/traffic">
          ${link(`${path}/traffic`, 'Messages a day')}
        </section>
        ${counted('Not let in', view.refused)}
      </div>
    </div>`;
}

const sum = (counts: readonly number[]): number => counts.reduce((all, each) => all + each, 0);

function facts({ live, parked, entered, ended, steps }: JourneyView, days: number): Html {
  const of = (what: string) => ended.find((each) => each.what === what)?.count ?? 0;
  const within = days === 1 ? 'in a day' : `in ${days} days`;
  const rows: readonly (readonly [string, number])[] = [
    ['in it now', live],
    ['parked', parked],
    [`entered ${within}`, entered],
    [`messages ${within}`, sum(steps.map(({ sent }) => sent))],
    ['reached the goal', of('goal')],
    ['completed', of('completed')],
    ['left early', of('exit')],
  ];
  return html`<dl class="facts">
    ${rows.map(
      ([name, count]) =>
        html`<div>
          <dt>${name}</dt>
          <dd class="num">${number(count)}</dd>
        </div>`,
    )}
  </dl>`;
}

async function stepCards(world: World, plan: Plan, step: StepView): Promise<Html> {
  const { people, next } = await peopleAt(world, {
    journey: plan.id,
    step: step.step,
    limit: SHOWN,
  });
  const template = step.args['template'];
  const rows: readonly (readonly [string, number])[] = [
    ['stand here', step.standing],
    ['parked here', step.parked],
    ['sent', step.sent],
    ['done', step.did],
    ['waited for a window or a cap', step.deferred],
  ];
  const all = query({ journey: plan.id, step: step.step });
  return html`<section class="card" aria-label="Step">
      <h2>${step.label} <small>${step.step}</small></h2>
      <table>
        ${rows.flatMap(([name, count]) => (count === 0 ? [] : [countRow(name, count)]))}
        ${step.skipped.map(({ what, count }) => countRow(`skipped: ${what}`, count))}
        ${step.ways.flatMap(({ what, count }) =>
          what === 'done' ? [] : [countRow(`went ${what}`, count)],
        )}
      </table>
    </section>
    ${
      typeof template !== 'string'
        ? ''
        : html`<section class="card" data-keep="mail ${template}">
            <h2>${link(templatePath(template), `E-mail ${template}`)}</h2>
            <iframe
              class="mail"
              title="E-mail ${template}"
              src="${ROOT}${templatePath(template)}/html"
            ></iframe>
          </section>`
    }
    <section class="card">
      <h2>Who stands here</h2>
      ${people.length === 0 ? html`<p class="soft">Nobody.</p>` : standing(people)}
      ${next === null ? '' : link(`/people${all}`, 'All of them')}
    </section>`;
}

const standing = (people: readonly PersonInJourney[]): Html =>
  html`<table>
    ${people.map(
      ({ person, name, user, until, zone }) =>
        html`<tr>
          <td>${link(personPath(person), name)}<br /><small>${user ?? ''}</small></td>
          <td class="right">
            ${until === null ? html`<small>until something happens</small>` : html`${time(until, zone)}<br /><small>${zone}</small>`}
          </td>
        </tr>`,
    )}
  </table>`;

const countRow = (name: string, count: number): Html =>
  html`<tr>
    <td>${name}</td>
    <td class="right num">${number(count)}</td>
  </tr>`;

const counted = (title: string, counts: readonly Counted[]): Html =>
  counts.length === 0
    ? html``
    : html`<section class="card">
        <h2>${title}</h2>
        <table>
          ${counts.map(({ what, count }) => countRow(what, count))}
        </table>
      </section>`;
