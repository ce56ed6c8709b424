/** A journey as a graph: laid out by dagre, drawn as SVG, with limits and conditions on its steps and counts on its ways. */
import dagre from '@dagrejs/dagre';
import { html, type Html } from '../../dsl/html.ts';
import type { JourneyView, StepView } from '../../views/journey-view.ts';
import { ROOT } from '../frame.ts';
import { journeyPath, number, query } from '../parts.ts';

const CHARACTER = 7;
const HEIGHT = 34;
/** Ways leave and arrive in the middle. */
const BESIDE_THE_WAY = 8;
const END = 'end of the journey';

export function graph({ journey, steps, plan }: JourneyView, days: number): Html {
  const drawn = new dagre.graphlib.Graph({ multigraph: true });
  drawn.setGraph({ rankdir: 'TB', nodesep: 26, ranksep: 34, marginx: 12, marginy: 12 });
  drawn.setDefaultEdgeLabel(() => ({}));
  const widthOf = (label: string) => Math.max(70, label.length * CHARACTER + 24);
  for (const { step, label } of steps)
    drawn.setNode(step, { width: widthOf(label), height: HEIGHT });
  drawn.setNode(END, { width: 60, height: 26 });
  for (const { step, next, ways } of steps) {
    for (const [outcome, to] of Object.entries(next)) {
      const gone = ways.find(({ what }) => what === outcome)?.count;
      const label = Object.keys(next).length === 1 ? '' : outcome;
      const text = [label, gone === undefined ? '' : number(gone)].filter(Boolean).join(' · ');
      drawn.setEdge(step, to ?? END, { text, width: text.length * CHARACTER, height: 14 }, outcome);
    }
  }
  if (plan.start === null) return html`<p class="soft">No steps.</p>`;
  dagre.layout(drawn);
  const { width = 0, height = 0 } = drawn.graph();
  return html`<svg
    class="graph"
    viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}"
    width="${Math.ceil(width)}"
    role="group"
    aria-label="The steps of ${journey} and the ways between them"
  >
    <defs>
      <marker
        id="tip"
        viewBox="0 0 8 8"
        refX="7"
        refY="4"
        markerWidth="8"
        markerHeight="8"
        orient="auto"
      >
        <path d="M0 0 L8 4 L0 8 Z" />
      </marker>
    </defs>
    ${drawn.edges().map((edge: EdgeName) => {
      const { points, x, y, text } = drawn.edge(edge) as Edge;
      const line = points.map((point) => `${round(point.x)} ${round(point.y)}`).join(' L');
      return html`<path
          class="edge"
          d="M${line}"
          marker-end="url(#tip)"
        />${text === '' || x === undefined || y === undefined ? '' : html`<text class="way" x="${round(x)}" y="${round(y)}" text-anchor="middle">${text}</text>`}`;
    })}
    ${steps.map(({ step, label, standing, sent, skipped }) => {
      const { x, y, width: wide, height: high } = drawn.node(step) as Box;
      const [left, top] = [round(x - wide / 2), round(y - high / 2)];
      return html`<a
        href="${ROOT}${journeyPath(journey)}${query({ step, days, as: 'graph' })}#step"
      >
        <rect x="${left}" y="${top}" width="${wide}" height="${high}" rx="7" />
        <text x="${round(x)}" y="${round(y + 4)}" text-anchor="middle">${label}</text>
        ${did(sent, skipped, round(x - BESIDE_THE_WAY), round(y + high / 2 + 11))}
        ${standing === 0 ? '' : html`<text class="count" x="${round(x + BESIDE_THE_WAY)}" y="${round(y - high / 2 - 4)}">${number(standing)} here</text>`}
      </a>`;
    })}
    ${end(drawn.node(END) as Box)}
  </svg>`;
}

/** What a step has sent in the span, and what was skipped there, with why where the pointer rests. */
function did(sent: number, skipped: StepView['skipped'], x: number, y: number): Html {
  const held = skipped.reduce((sum, { count }) => sum + count, 0);
  const words = [
    ...(sent === 0 ? [] : [`${number(sent)} sent`]),
    ...(held === 0 ? [] : [`${number(held)} skipped`]),
  ];
  if (words.length === 0) return html``;
  const reasons = skipped.map(({ what, count }) => `${number(count)} × ${what}`).join(', ');
  return html`<text class="did" text-anchor="end" x="${x}" y="${y}"
    >${words.join(', ')}${reasons === '' ? '' : html`<title>${reasons}</title>`}</text
  >`;
}

/** As dagre names edges. */
interface EdgeName {
  readonly v: string;
  readonly w: string;
  readonly name?: string;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Edge {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly x?: number;
  readonly y?: number;
  readonly text: string;
}

const round = (value: number): number => Math.round(value * 10) / 10;

const end = ({ x, y, width, height }: Box): Html =>
  html`<rect
      x="${round(x - width / 2)}"
      y="${round(y - height / 2)}"
      width="${width}"
      height="${height}"
      rx="13"
    />
    <text x="${round(x)}" y="${round(y + 4)}" text-anchor="middle">end</text>`;
