/** A journey drawn as a calendar, with who stands where and what became of each step. */
import { html, type Html } from '../../dsl/html.ts';
import type { StepId } from '../../dsl/plan.ts';
import type { Calendar, CalendarItem, CalendarWay } from '../../views/calendar.ts';
import type { JourneyView, StepView } from '../../views/journey-view.ts';
import { CURRENT, ROOT } from '../frame.ts';
import { journeyPath, number, query } from '../parts.ts';

interface Drawing {
  readonly view: JourneyView;
  readonly steps: ReadonlyMap<StepId, StepView>;
  readonly chosen: StepId | undefined;
  readonly days: number;
}

export function calendar(
  items: Calendar,
  view: JourneyView,
  chosen: StepId | undefined,
  days: number,
): Html {
  const steps = new Map(view.steps.map((each) => [each.step, each]));
  return draw(items, { view, steps, chosen, days });
}

const draw = (items: Calendar, drawing: Drawing): Html =>
  html`<ol class="calendar">
    ${items.map((item) => row(item, drawing))}
  </ol>`;

function row(item: CalendarItem, drawing: Drawing): Html {
  if (!('block' in item)) {
    const own = drawing.steps.get(item.step);
    return stepRow(item, item.step, drawing, ways(item.ways, drawing, own));
  }
  return html`<li>
    <div class="block">
      <div class="band">
        ${item.when === null ? '' : html`<small>${item.when}</small> `}<a
          class="what"
          href="${stepLink(item.block, drawing)}"
          ${item.block === drawing.chosen ? CURRENT : ''}
          ><b>${item.label}</b></a
        >
      </div>
      ${draw(item.inside, drawing)}
    </div>
    ${ways(item.ways, drawing, drawing.steps.get(item.block))}
  </li>`;
}

function stepRow(
  item: Extract<CalendarItem, { readonly step: StepId }>,
  step: StepId,
  drawing: Drawing,
  after: Html,
): Html {
  const known = drawing.steps.get(step);
  const waiting = item.after.map((id) => drawing.steps.get(id)?.standing ?? 0);
  const here = (known?.standing ?? 0) + waiting.reduce((sum, each) => sum + each, 0);
  const kind =
    item.ways.length > 0 ? 'asks' : (known?.sent ?? 0) > 0 || sends(known) ? '' : 'other';
  return html`<li>
    <div class="step ${kind}">
      <span class="when">${item.when ?? ''}</span><span class="mark"></span>
      <a class="what" href="${stepLink(step, drawing)}" ${step === drawing.chosen ? CURRENT : ''}
        ><b>${item.label}</b>${known === undefined ? '' : summary(known)}</a
      >
      <span class="here num"
        >${here > 0 ? html`<b>${number(here)}</b> here` : ''}${known === undefined ? '' : bar(known)}</span
      >
    </div>
    ${after}
  </li>`;
}

const sends = (step: StepView | undefined): boolean => typeof step?.args['template'] === 'string';

const stepLink = (step: StepId, { view, days }: Drawing): string =>
  `${ROOT}${journeyPath(view.journey)}${query({ step, days })}#step`;

function summary({ sent, did, skipped, parked }: StepView): Html {
  const parts = [
    sent > 0 ? `${number(sent)} sent` : '',
    did > 0 ? `${number(did)} done` : '',
    ...skipped.slice(0, 1).map(({ what, count }) => `${number(count)} skipped: ${what}`),
    skipped.length > 1 ? `and ${skipped.length - 1} other reasons` : '',
    parked > 0 ? `${number(parked)} parked` : '',
  ].filter((each) => each !== '');
  return parts.length === 0 ? html`` : html`<small>${parts.join(' · ')}</small>`;
}

/** What was sent of all that was to be; the rest was skipped. */
function bar({ sent, skipped }: StepView): Html {
  const kept = skipped.reduce((sum, { count }) => sum + count, 0);
  if (sent + kept === 0) return html``;
  const share = Math.round((100 * sent) / (sent + kept));
  return html`<svg
    class="bar"
    viewBox="0 0 100 5"
    preserveAspectRatio="none"
    role="img"
    aria-label="${share} % sent"
  >
    <rect class="sent" width="${share}" height="5" />
    <rect class="skipped" x="${share}" width="${100 - share}" height="5" />
  </svg>`;
}

function ways(all: readonly CalendarWay[], drawing: Drawing, block?: StepView): Html {
  if (all.length === 0) return html``;
  return html`<div class="ways">
    ${all.map(({ outcome, items, ends }) => {
      const gone = block?.ways.find(({ what }) => what === outcome)?.count ?? 0;
      return html`<div class="way">
        <p class="outcome">
          <span>${outcome}</span
          ><span class="num"
            >${gone > 0 ? number(gone) : ''}${items.length > 0 ? '' : ends ? ' ends' : ' goes on'}</span
          >
        </p>
        ${items.length === 0 ? '' : draw(items, drawing)}
      </div>`;
    })}
  </div>`;
}
