/** Plans that people are in, and two of one journey side by side. */
import type { World } from '../../activities/world.ts';
import { html, type Html } from '../../dsl/html.ts';
import type { Plan } from '../../dsl/plan.ts';
import { printText } from '../../dsl/print/print-text.ts';
import { UNDER_WAY } from '../../engine/run.ts';
import { enrolments } from '../../store/tables/index.ts';
import { journeyPath, link, number, query } from '../parts.ts';

export async function plansPage(
  { project, plan: planOf, store }: World,
  chosen: { readonly a?: string | undefined; readonly b?: string | undefined },
): Promise<Html> {
  const counts = await store.transaction((tx) =>
    tx.count(enrolments, ['journey', 'plan'], { status: UNDER_WAY }),
  );
  const rows = [...project.plans.values()].flatMap((current) => {
    const older = counts.filter((row) => row.journey === current.id && row.plan !== current.hash);
    const count = counts.find((row) => row.plan === current.hash)?.count ?? 0;
    return [
      { current, hash: current.hash, count },
      ...older.map((row) => ({ current, hash: row.plan, count: row.count })),
    ];
  });
  const [a, b] = [planOf(chosen.a ?? ''), planOf(chosen.b ?? '')];
  return html`<h1>Plans</h1>
    <div class="card wide">
      <table>
        <thead>
          <tr>
            <th scope="col">Journey</th>
            <th scope="col">Plan</th>
            <th scope="col" class="right">people in it</th>
            <th scope="col">compare</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ current, hash, count }) =>
              html`<tr>
                <td>${link(journeyPath(current.id), current.id)}</td>
                <td>
                  <code>${hash.slice(0, 8)}</code>
                  ${hash === current.hash ? html`<span class="chip green">current</span>` : ''}
                </td>
                <td class="right num">${number(count)}</td>
                <td>
                  ${hash === current.hash ? '' : link(`/plans${query({ a: hash, b: current.hash })}`, 'beside the current one')}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${a === undefined || b === undefined ? '' : sideBySide(a, b)}`;
}

const sideBySide = (a: Plan, b: Plan): Html => {
  const [left, right] = [printText(a).split('\n'), printText(b).split('\n')];
  const mark = (lines: readonly string[], others: readonly string[]) =>
    lines.map((line) => (others.includes(line) ? html`${line} ` : html`<b>${line}</b> `));
  return html`<div class="cols">
    <section>
      <h2>${a.hash.slice(0, 8)}</h2>
      <pre>${mark(left, right)}</pre>
    </section>
    <section>
      <h2>${b.hash.slice(0, 8)}</h2>
      <pre>${mark(right, left)}</pre>
    </section>
  </div>`;
};
