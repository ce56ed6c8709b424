/** One operation of the `crm` lane as calls of the CRM's port, each under a key made of run and step. */
import type { Instant } from '../../dsl/plan.ts';
import { type Project, publicUrl } from '../../dsl/project.ts';
import type { NewCrmLink, Person } from '../../store/tables/index.ts';
import { colleagueOf, ownerOf } from '../../activities/owner-of.ts';
import { type Crm, CrmRefusal, type CrmTask } from './crm.ts';
import { crmOpKey, type CrmOp, type HandoffOp } from './crm-op.ts';

/** One person's operations, one after the other. */
export interface CrmWork {
  readonly project: Project;
  readonly crm: Crm;
  readonly person: Person;
  /** Under which the CRM knows the lead. */
  readonly key: string;
  /** The lead's id in the CRM, once it is there. */
  leadId: string | undefined;
  /** Keeps a link to what was made there. */
  readonly link: (link: NewCrmLink) => void;
}

type Perform<O extends CrmOp> = (work: CrmWork, op: O, at: Instant) => Promise<void>;

const PERFORM: { readonly [K in CrmOp['op']]: Perform<Extract<CrmOp, { op: K }>> } = {
  handoff: async (work, op, at) => {
    const leadId = await upsert(work);
    const owner = nameOf(work, op.to);
    await work.crm.assignOwner(leadId, owner);
    await makeTask(work, op, {
      leadId,
      owner,
      kind: 'handoff',
      title: `Handoff: ${leadName(work)}`,
      body: [...(op.score === null ? [] : [`Score ${op.score}`]), ...op.because].join('\n'),
      at,
      dueAt: op.dueAt,
      answerTo: answerUrl(work, op),
      handoff: { person: work.person.id, run: op.run, step: op.step },
    });
  },
  call: async (work, op, at) => {
    const leadId = await leadIdOf(work);
    const phone = work.person.profile['phone'];
    await makeTask(work, op, {
      ...taskFor(work, leadId, op.by, at),
      kind: 'call',
      title: `Call ${leadName(work)}: ${op.task}`,
      body: typeof phone === 'string' ? phone : '',
    });
  },
  note: async (work, op, at) => {
    const leadId = await leadIdOf(work);
    await work.crm.addNote(crmOpKey(op), { leadId, text: op.text, at });
    await makeTask(work, op, {
      ...taskFor(work, leadId, op.to, at),
      kind: 'notify',
      title: op.text,
      body: leadName(work),
    });
  },
  escalate: async (work, op, at) => {
    const leadId = await leadIdOf(work);
    await makeTask(work, op, {
      ...taskFor(work, leadId, op.to, at),
      kind: 'escalation',
      title: `No answer in time: ${leadName(work)}`,
      body: '',
      answerTo: answerUrl(work, op),
    });
  },
  fields: async (work, op) => {
    await upsert(work, op.fields);
  },
  stage: async (work, op) => {
    await work.crm.setStage(await leadIdOf(work), op.stage);
  },
  merged: async (work, op, at) => {
    const leadId = await leadIdOf(work);
    const key = crmOpKey(op);
    await work.crm.addNote(`${key}/stays`, {
      leadId,
      text: `The same lead as ${op.other}, which is kept. What comes from now on is here.`,
      at,
    });
    await work.crm.addNote(`${key}/other`, {
      leadId: op.other,
      text: `The same lead as ${leadId}. What comes from now on is there.`,
      at,
    });
  },
};

/**
 * Does one operation.
 *
 * @throws CrmRefusal where the CRM or this file cannot take it
 */
export async function performCrmOp(work: CrmWork, op: CrmOp, at: Instant): Promise<void> {
  // The table's key and the operation's type are the same.
  const perform = PERFORM[op.op] as Perform<CrmOp> | undefined;
  if (perform === undefined) {
    throw new CrmRefusal(
      'unknown-operation',
      `Expected one of ${Object.keys(PERFORM).join(', ')}.`,
    );
  }
  await perform(work, op, at);
}

/** Brings the lead's fields up to date there; a lead that is new there gets its owner too. */
async function upsert(work: CrmWork, fields: Person['profile'] = {}): Promise<string> {
  const { crm, person, project } = work;
  const { id } = await crm.upsertLead(work.key, { ...person.profile, ...fields });
  if (work.leadId === id) return id;
  const owner = ownerOf(project, person);
  if (owner !== undefined) await crm.assignOwner(id, owner.id);
  const madeAs = work.key === person.id ? null : work.key;
  work.link({ key: person.id, kind: 'lead', externalId: id, madeAs });
  work.leadId = id;
  return id;
}

const leadIdOf = async (work: CrmWork): Promise<string> => work.leadId ?? upsert(work);

async function makeTask(work: CrmWork, op: CrmOp, task: CrmTask): Promise<void> {
  const key = crmOpKey(op);
  const { id } = await work.crm.createTask(key, task);
  work.link({ key, kind: 'task', externalId: id });
}

const taskFor = (work: CrmWork, leadId: string, to: string, at: Instant) =>
  ({ leadId, owner: nameOf(work, to), at, dueAt: null, answerTo: null }) as const;

/** Whose task it is: an id of the team, or what the journey wrote where the team has none such. */
function nameOf({ project, person }: CrmWork, to: string): string {
  return colleagueOf(project, to, person)?.id ?? (to === 'owner' ? 'unassigned' : to);
}

function leadName({ person: { id, profile } }: CrmWork): string {
  const name = [profile['name'], profile['email']].find((value) => typeof value === 'string');
  return typeof name === 'string' ? name : id;
}

/** Where sales says yes, maybe or never. */
const answerUrl = ({ project }: CrmWork, { run, step }: Pick<HandoffOp, 'run' | 'step'>): string =>
  `${publicUrl(project)}/v1/handoffs/${encodeURIComponent(run)}/${encodeURIComponent(step)}`;
