/** A score over time as a line, with the grades that it passes. */
import { html, type Html } from '../../dsl/html.ts';
import type { PersonView } from '../../views/person-view.ts';

const WIDE = 640;
const HIGH = 170;
const LEFT = 34;
const BELOW = 20;

export function curve({ curve: points, score, zone }: PersonView): Html {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || first.at === last.at) return html``;
  const totals = points.map(({ total }) => total);
  const [low, high] = [Math.min(0, ...totals), Math.max(10, ...totals)];
  const x = (at: number) => LEFT + ((WIDE - LEFT - 6) * (at - first.at)) / (last.at - first.at);
  const y = (total: number) => 8 + ((HIGH - BELOW - 8) * (high - total)) / (high - low);
  const line = points.map(({ at, total }) => `${round(x(at))} ${round(y(total))}`).join(' L');
  const ticks = [low, (low + high) / 2, high].map(Math.round);
  const day = (at: number) =>
    new Date(at).toLocaleDateString('en', { timeZone: zone, day: 'numeric', month: 'short' });
  return html`<svg
    class="curve"
    viewBox="0 0 ${WIDE} ${HIGH}"
    role="img"
    aria-label="The score from ${day(first.at)}, ${Math.round(first.total)}, to ${day(last.at)}, ${Math.round(score?.total ?? 0)}; at most ${Math.round(Math.max(...totals))}"
  >
    ${ticks.map(
      (tick) =>
        html`<line
            class="grid"
            x1="${LEFT}"
            x2="${WIDE}"
            y1="${round(y(tick))}"
            y2="${round(y(tick))}"
          />
          <text x="0" y="${round(y(tick)) + 4}">${tick}</text>`,
    )}
    <path class="line" d="M${line}" />
    <text x="${LEFT}" y="${HIGH - 4}">${day(first.at)}</text>
    <text x="${WIDE - 2}" y="${HIGH - 4}" text-anchor="end">today</text>
  </svg>`;
}

const round = (value: number): number => Math.round(value * 10) / 10;
