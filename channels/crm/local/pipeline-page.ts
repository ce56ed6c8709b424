/** The local pipeline as sales sees it: what is to be done, then the leads by stage. */
import { html, type Html } from '../../../dsl/html.ts';
import { groupBy } from '../../../store/group-by.ts';
import { page, time } from '../../local/page.ts';
import type {
  PipelineContent,
  PipelineLead,
  PipelineNote,
  PipelineTask,
} from './pipeline-state.ts';

/** The page shows the newest ones; the file has them all. */
const SHOWN = 300;

const FIRST_STAGES = ['lead', 'mql', 'sql', 'customer'];

export function pipelinePage({ leads, tasks, notes }: PipelineContent): string {
  const byId = new Map(leads.map((lead) => [lead.id, lead]));
  const notesOf = groupBy(notes, ({ leadId }) => leadId);
  const columns = groupBy(leads.slice(-SHOWN).toReversed(), stageOf);
  const stages = [
    ...new Set([...FIRST_STAGES.filter((stage) => columns.has(stage)), ...columns.keys()]),
  ];
  return page(
    'Pipeline',
    html`<h1>Pipeline</h1>
      <p class="soft">
        ${leads.length} leads, ${tasks.length} tasks. Nothing left this machine. Reload for more.
      </p>
      <input type="search" placeholder="Search…" aria-label="Search" />
      <h2>Tasks</h2>
      <table>
        <thead>
          <tr>
            <th>Task</th>
            <th>Lead</th>
            <th>For</th>
            <th>Since</th>
            <th>Due</th>
          </tr>
        </thead>
        <tbody>
          ${tasks
            .slice(-SHOWN)
            .toReversed()
            .map((task) => taskRow(task, byId.get(task.leadId)))}
        </tbody>
      </table>
      <h2>Leads</h2>
      <div class="board">
        ${stages.map((stage) => column(stage, columns.get(stage) ?? [], notesOf))}
      </div>`,
  );
}

const taskRow = (task: PipelineTask, lead: PipelineLead | undefined): Html =>
  html`<tr data-row>
    <td>
      <span class="tag">${task.kind}</span> ${task.title}
      ${task.body
        .split('\n')
        .filter(Boolean)
        .map((line) => html`<p class="soft">${line}</p>`)}
      ${task.answerTo === null ? '' : html`<p><a href="${task.answerTo}">Answer</a></p>`}
    </td>
    <td>${lead === undefined ? '' : nameOf(lead)}</td>
    <td>${task.owner}</td>
    <td>${time(task.at)}</td>
    <td>${task.dueAt === null ? '' : time(task.dueAt)}</td>
  </tr>`;

const column = (
  stage: string,
  leads: readonly PipelineLead[],
  notesOf: ReadonlyMap<string, readonly PipelineNote[]>,
): Html =>
  html`<section class="column">
    <p class="soft">${stage} (${leads.length})</p>
    ${leads.map(
      (lead) =>
        html`<div class="card" data-row>
          <strong>${nameOf(lead)}</strong>
          <p class="soft">${textOf(lead.fields['email'])}</p>
          <p>${lead.owner === null ? '' : html`<span class="tag">${lead.owner}</span>`}</p>
          ${(notesOf.get(lead.id) ?? []).map(
            ({ text, at }) => html`<p class="soft">${time(at)}: ${text}</p>`,
          )}
        </div>`,
    )}
  </section>`;

const stageOf = ({ stage, fields }: PipelineLead): string =>
  stage ?? textOf(fields['stage']) ?? 'lead';

const nameOf = ({ fields, key }: PipelineLead): string =>
  textOf(fields['name']) ?? textOf(fields['email']) ?? key;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
