/** Messages a day as bars: what was sent, and what is to come if nobody does anything. */
import type { World } from '../../activities/world.ts';
import { html, type Html } from '../../dsl/html.ts';
import { type DayOfMessages, traffic } from '../../views/traffic.ts';
import { number } from '../parts.ts';

const WIDE = 9;
const STEP = 12;
const HIGH = 60;

export async function trafficPart(world: World, journeys: readonly string[]): Promise<Html> {
  const { past, ahead, played, people } = await traffic(world, journeys);
  const most = Math.max(1, ...past.map(({ sent }) => sent), ...ahead.map(({ sent }) => sent));
  const bars = (days: readonly DayOfMessages[], kind: 'past' | 'ahead', from: number) =>
    days.map(({ day, sent }, i) => {
      const high = Math.round((HIGH * sent) / most);
      return html`<rect
        class="${kind}"
        x="${from + i * STEP}"
        y="${HIGH - high}"
        width="${WIDE}"
        height="${high}"
        ><title>${new Date(day).toISOString().slice(0, 10)}: ${number(sent)}</title></rect
      >`;
    });
  const total = (days: readonly DayOfMessages[]) => days.reduce((sum, { sent }) => sum + sent, 0);
  const middle = past.length * STEP + 6;
  const wide = middle + ahead.length * STEP;
  return html`<h2>Messages a day</h2>
    <svg
      class="days"
      viewBox="0 0 ${wide} ${HIGH + 14}"
      role="img"
      aria-label="${number(total(past))} messages in the last ${past.length} days, ${number(total(ahead))} in the next ${ahead.length}"
    >
      ${bars(past, 'past', 0)} ${bars(ahead, 'ahead', middle)}
      <text x="0" y="${HIGH + 12}">${past.length} days</text>
      <text x="${middle}" y="${HIGH + 12}">to come</text>
    </svg>
    <small
      >${number(total(past))} sent, ${number(total(ahead))} to come if nobody does
      anything${played < people ? `, worked out from ${played} of ${number(people)} people` : ''}.</small
    >`;
}
