/** The journeys of the project, how many are in each, and what works and could be better. */
import type { World } from '../../activities/world.ts';
import { html, type Html } from '../../dsl/html.ts';
import { isUnderWay, UNDER_WAY } from '../../engine/run.ts';
import { enrolments } from '../../store/tables/index.ts';
import { dataWarnings, printWarning } from '../../activities/behaviour/data-warnings.ts';
import { knownJourneys } from '../../activities/entry/known-journeys.ts';
import { ROOT } from '../frame.ts';
import { journeyPath, link, number } from '../parts.ts';

export async function journeysPage(world: World): Promise<Html> {
  const { project, store } = world;
  const journeys = await knownJourneys(world);
  const counts = await store.transaction((tx) =>
    tx.count(enrolments, ['journey', 'status'], { journey: journeys }),
  );
  const count = (
    journey: string,
    isMeant: (status: (typeof counts)[number]['status']) => boolean,
  ) =>
    counts
      .filter((row) => row.journey === journey && isMeant(row.status))
      .reduce((sum, row) => sum + row.count, 0);
  return html`<h1>Journeys</h1>
    ${project.advice.map((each) => html`<p class="note">${each}</p>`)}
    ${(await dataWarnings({ store })).map(
      (each) => html`<p class="note">${number(each.count)} × ${printWarning(each)}</p>`,
    )}
    <div class="card wide">
      <table>
        <thead>
          <tr>
            <th scope="col">Journey</th>
            <th scope="col" class="right">under way</th>
            <th scope="col" class="right">parked</th>
            <th scope="col" class="right">ended</th>
            <th scope="col">plan</th>
          </tr>
        </thead>
        <tbody>
          ${journeys.map(
            (id) =>
              html`<tr>
                <td>${nameOf(id, project)}</td>
                <td class="right num">
                  ${number(count(id, (status) => UNDER_WAY.includes(status)))}
                </td>
                <td class="right num">
                  ${parked(
                    count(id, (status) => status === 'parked'),
                    id,
                  )}
                </td>
                <td class="right num">${number(count(id, (status) => !isUnderWay(status)))}</td>
                <td><code>${project.plans.get(id)?.hash.slice(0, 8) ?? ''}</code></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    <section class="card" data-keep="traffic" data-load="${ROOT}/traffic">
      ${link('/traffic', 'Messages a day')}
    </section>`;
}

const parked = (count: number, journey: string): Html =>
  count === 0
    ? html`0`
    : html`<span class="chip red"
        >${link(`/people?journey=${encodeURIComponent(journey)}&status=parked`, number(count))}</span
      >`;

/** One that the config does not have any more has no plan to show, and people. */
const nameOf = (journey: string, { plans }: World['project']): Html =>
  plans.has(journey)
    ? link(journeyPath(journey), journey)
    : html`${link(`/people?journey=${encodeURIComponent(journey)}`, journey)}
        <small>not in the config any more</small>`;
