/** The local pipeline: what sales has to do, what it has answered, and the leads by stage. */
import type { World } from '../../activities/world.ts';
import type { PipelineLead } from '../../channels/crm/local/pipeline-state.ts';
import { html, type Html } from '../../dsl/html.ts';
import { groupBy } from '../../store/group-by.ts';
import { type SalesTask, salesView } from '../../views/sales-view.ts';
import { link, number, personPath, time } from '../parts.ts';

const SHOWN = 200;
const FIRST_STAGES = ['lead', 'mql', 'sql', 'customer'];

export async function salesPage(world: World): Promise<Html> {
  const { open, done, leads, notes } = await salesView(world);
  const columns = groupBy(leads.slice(-SHOWN).toReversed(), stageOf);
  const stages = [
    ...new Set([...FIRST_STAGES.filter((stage) => columns.has(stage)), ...columns.keys()]),
  ];
  const zone = world.project.config.fallbackZone ?? 'UTC';
  const notesOf = groupBy(notes, ({ leadId }) => leadId);
  return html`<h1>Sales</h1>
    <p class="soft">
      ${number(leads.length)} ${leads.length === 1 ? 'lead' : 'leads'}, ${number(open.length)} open
      ${open.length === 1 ? 'task' : 'tasks'}, ${number(done.length)} answered. Times are those of
      ${zone}.
    </p>
    ${tasks('Open', open, zone)} ${tasks('Answered', done, zone)}
    <h2>Leads by stage</h2>
    <div class="board">
      ${stages.map(
        (stage) =>
          html`<section aria-label="${stage}">
            <h3>${stage} <small>${number(columns.get(stage)?.length ?? 0)}</small></h3>
            ${(columns.get(stage) ?? []).map(
              (lead) =>
                html`<div class="card">
                  ${link(personPath(lead.key), nameIn(lead))}
                  ${lead.owner === null ? '' : html`<span class="chip blue">${lead.owner}</span>`}
                  ${(notesOf.get(lead.id) ?? []).map(
                    ({ text, at }) => html`<p><small>${time(at, zone)}: ${text}</small></p>`,
                  )}
                </div>`,
            )}
          </section>`,
      )}
    </div>`;
}

const tasks = (title: string, all: readonly SalesTask[], zone: string): Html =>
  all.length === 0
    ? html``
    : html`<section class="card wide">
        <h2>${title} tasks</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">Task</th>
              <th scope="col">Lead</th>
              <th scope="col">For</th>
              <th scope="col">Since</th>
              <th scope="col">Due</th>
            </tr>
          </thead>
          <tbody>
            ${all.slice(0, SHOWN).map(
              (task) =>
                html`<tr>
                  <td>
                    <span class="chip">${task.kind}</span> ${task.title}
                    ${task.body
                      .split('\n')
                      .filter(Boolean)
                      .map((line) => html`<br /><small>${line}</small>`)}
                    ${
                      task.answer !== null
                        ? html`<br /><span class="chip green">${task.answer}</span>`
                        : task.answerTo === null
                          ? ''
                          : html`<br /><a href="${task.answerTo}">Answer</a>`
                    }
                  </td>
                  <td>
                    ${task.lead === undefined ? '' : link(personPath(task.lead.key), nameIn(task.lead))}
                  </td>
                  <td>${task.owner}</td>
                  <td>${time(task.at, zone)}</td>
                  <td>${task.dueAt === null ? '' : time(task.dueAt, zone)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </section>`;

const stageOf = ({ stage, fields }: PipelineLead): string =>
  stage ?? textOf(fields['stage']) ?? 'lead';

const nameIn = ({ fields, key }: PipelineLead): string =>
  textOf(fields['name']) ?? textOf(fields['email']) ?? key;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
