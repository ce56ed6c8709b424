/** Small parts that several pages are made of. */
import { formatLocal } from '../dsl/calendar/wall-clock.ts';
import { html, type Html } from '../dsl/html.ts';
import type { Instant } from '../dsl/plan.ts';
import { hintOf } from '../views/reasons.ts';
import type { StoryEntry } from '../views/story-entry.ts';
import { ROOT } from './frame.ts';

export const number = (count: number): string => count.toLocaleString('en');

/** Scores are compared by what an author wrote in whole points. */
export const points = (value: number): string => String(Math.round(value * 10) / 10);

export const link = (path: string, text: string): Html =>
  html`<a href="${ROOT}${path}">${text}</a>`;

export const personPath = (id: string): string => `/people/${encodeURIComponent(id)}`;
export const journeyPath = (id: string): string => `/journeys/${encodeURIComponent(id)}`;
export const templatePath = (id: string): string => `/templates/${encodeURIComponent(id)}`;

/** In the person's own zone. */
export const time = (at: Instant, zone: string): Html =>
  html`<time datetime="${new Date(at).toISOString()}">${formatLocal(at, zone)}</time>`;

export const query = (values: { readonly [name: string]: string | number | undefined }): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && value !== '') params.set(name, String(value));
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
};

const WORDS: { readonly [K in StoryEntry['kind']]: string } = {
  entered: 'enters ',
  refused: 'not let into ',
  sent: '',
  skipped: 'skipped ',
  waits: 'waits: ',
  did: '',
  way: '',
  ended: '',
  behaviour: '',
};

export function story(entries: readonly StoryEntry[], zone: string, isAhead = false): Html {
  return html`<ol class="story ${isAhead ? 'ahead' : ''}">
    ${entries.map(
      (entry) =>
        html`<li class="${entry.kind}">
          ${time(entry.at, zone)}<span class="text"
            >${WORDS[entry.kind]}${entry.kind === 'way' ? `${entry.step ?? ''} → ${entry.reason ?? ''}` : entry.what}${details(entry)}</span
          >
        </li>`,
    )}
  </ol>`;
}

function details({ kind, reason, outcome, journey, properties, what }: StoryEntry): Html {
  const hint = reason === null ? undefined : hintOf(reason);
  const said = [
    kind === 'way' || reason === null ? '' : hint === undefined ? reason : `${reason}: ${hint}`,
    outcome === null || outcome === 'sent' ? '' : outcome,
    properties === undefined || Object.keys(properties).length === 0
      ? ''
      : JSON.stringify(properties),
    journey === null || journey === what ? '' : journey,
  ].filter((each) => each !== '');
  return said.length === 0 ? html`` : html`<small>${said.join(' · ')}</small>`;
}
