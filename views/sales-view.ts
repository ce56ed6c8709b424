/** The local pipeline as sales sees it: what is to be done, what was answered, and the leads by stage. */
import type { World } from '../activities/world.ts';
import { pipelineContent } from '../channels/crm/local/pipeline.ts';
import type {
  PipelineLead,
  PipelineNote,
  PipelineTask,
} from '../channels/crm/local/pipeline-state.ts';
import { systemEvents } from '../dsl/system-events.ts';
import { isUnderWay } from '../engine/run.ts';
import { textIn } from './text-in.ts';
import { enrolments, events } from '../store/tables/index.ts';

export interface SalesView {
  readonly open: readonly SalesTask[];
  readonly done: readonly SalesTask[];
  readonly leads: readonly PipelineLead[];
  readonly notes: readonly PipelineNote[];
}

export interface SalesTask extends PipelineTask {
  readonly lead: PipelineLead | undefined;
  /** What sales said; `too late` where the journey has gone on without an answer. */
  readonly answer: string | null;
}

/** Tasks that nobody answers stay open: no journey waits for them. The newest first. */
export const salesView = ({ store }: Pick<World, 'store'>): Promise<SalesView> =>
  store.transaction(async (tx) => {
    const { leads, tasks, notes } = await pipelineContent(tx);
    const byId = new Map(leads.map((lead) => [lead.id, lead]));
    const given = tasks.flatMap(({ handoff }) => handoff ?? []);
    const runs = await tx.find(enrolments, { id: given.map(({ run }) => run) });
    const standing = new Map(runs.map((run) => [run.id, run]));
    const person = [
      ...new Set([...given.map((each) => each.person), ...runs.map((run) => run.person)]),
    ];
    const said = await tx.find(events, { person, name: systemEvents.handoffAnswered });
    const answers = new Map(
      said.map(({ properties }) => [
        `${textIn(properties, 'run')}/${textIn(properties, 'step')}`,
        textIn(properties, 'answer') ?? '',
      ]),
    );
    const answerTo = ({ handoff }: PipelineTask): string | null => {
      if (handoff === undefined) return null;
      const run = standing.get(handoff.run);
      const isOver = run === undefined || !isUnderWay(run.status) || run.step !== handoff.step;
      return answers.get(`${handoff.run}/${handoff.step}`) ?? (isOver ? 'too late' : null);
    };
    const all = tasks
      .map((task): SalesTask => ({ ...task, lead: byId.get(task.leadId), answer: answerTo(task) }))
      .toReversed();
    return {
      open: all.filter(({ answer }) => answer === null),
      done: all.filter(({ answer }) => answer !== null),
      leads,
      notes,
    };
  });
