/**
 * What compilers refuse. `tsc -p .` checks that they do; `refused.test.ts` reads what they say, case by
 * case.
 */
import {
  email,
  type EmailContext,
  handoffToSales,
  hours,
  html,
  ifScoreAbove,
  journey,
  oneOf,
  onDay,
  owner,
  sendEmail,
  setField,
  until,
  waitFor,
  when,
} from '../../dsl/index.ts';
import {
  Account,
  Lead,
  MeetingBooked,
  PricingViewed,
  readsCompany,
  readsContract,
  readsName,
} from './leads.ts';

const readsNumber = email('reads-number', {
  topic: 'nurture',
  subject: ({ lead }: EmailContext<{ name: number }>) => `For ${lead.name}`,
  body: () => html`<p>Hola</p>`,
});
const block = [sendEmail(readsContract)];
const words = { subject: () => 'Hola', body: () => html`<p>Hola</p>` };

export const refused = {
  readsWhatNoLeadHas: journey('j', { lead: Lead }, [
    sendEmail(readsName),
    // @ts-expect-error no lead has a contract
    sendEmail(readsContract),
  ]),

  readsWhatALeadMayLack: journey('j', { lead: Lead }, [
    // @ts-expect-error some leads have no company
    sendEmail(readsCompany),
  ]),

  inABranchOfABranch: journey('j', { lead: Lead }, [
    // @ts-expect-error no lead has a contract
    ifScoreAbove(70, {
      yes: [sendEmail(readsName), when(MeetingBooked, { no: [sendEmail(readsContract)] })],
    }),
  ]),

  inUntil: journey('j', { lead: Lead }, [
    // @ts-expect-error no lead has a contract
    until(MeetingBooked, [sendEmail(readsName), sendEmail(readsContract)]),
  ]),

  afterUntil: journey('j', { lead: Lead }, [
    // @ts-expect-error no lead has a contract
    until(MeetingBooked, [sendEmail(readsName)], { met: [sendEmail(readsContract)] }),
  ]),

  onADay: journey('j', { lead: Lead }, [
    // @ts-expect-error no lead has a contract
    onDay(3, sendEmail(readsContract)),
  ]),

  afterAVerdict: journey('j', { lead: Lead }, [
    // @ts-expect-error no lead has a contract
    handoffToSales({ to: owner, sla: hours(48), late: [sendEmail(readsContract)] }),
  ]),

  anotherLeadsCondition: journey('j', { lead: Lead }, [
    // @ts-expect-error an account's field
    when(Account.is({ plan: 'pro' }), { yes: [sendEmail(readsName)] }),
  ]),

  // @ts-expect-error an account's field
  anotherLeadsGoal: journey('j', { lead: Lead, goal: Account.is({ plan: 'pro' }) }, []),

  // @ts-expect-error misspelt
  misspeltField: Lead.is({ contry: 'ES' }),

  // @ts-expect-error not one of its values
  wrongValue: Lead.is({ country: 'FR' }),

  // @ts-expect-error not one of its values
  wrongValueAmongSome: Lead.is({ country: oneOf('ES', 'FR') }),

  // @ts-expect-error a text has no bounds
  boundsOfAText: Lead.is({ name: { atLeast: 3 } }),

  // @ts-expect-error lists are not compared
  testOfAList: Lead.is({ interests: ['prices'] }),

  // @ts-expect-error misspelt
  misspeltBounds: Lead.is({ employees: { atleast: 50 } }),

  // @ts-expect-error misspelt
  misspeltProperty: PricingViewed.with({ plam: 'pro' }),

  // @ts-expect-error not one of its values
  wrongPropertyOfThePast: PricingViewed.happened({ where: { plan: 'gold' } }),

  // @ts-expect-error not a text
  wrongPropertyOfAnOccurrence: PricingViewed({ plan: 3 }),

  // @ts-expect-error the event carries a plan
  occurrenceWithoutItsProperties: PricingViewed(),

  // @ts-expect-error marketing needs a topic
  marketingWithoutATopic: email('mail', words),

  // @ts-expect-error a transactional message has none
  transactionalWithATopic: email('mail', { ...words, class: 'transactional', topic: 'nurture' }),

  // @ts-expect-error nothing depends on it
  noBranchAtAll: when(MeetingBooked, {}),

  // @ts-expect-error misspelt
  misspeltBranch: ifScoreAbove(70, { yess: [sendEmail(readsName)] }),

  // @ts-expect-error sales needs a limit
  handoffWithoutAnSla: handoffToSales({ to: owner }),

  waitWithNothingElse: journey('j', { lead: Lead }, [
    // @ts-expect-error people would wait for ever
    waitFor(MeetingBooked),
    sendEmail(readsName),
  ]),

  templateOnADay: journey('j', { lead: Lead }, [
    // @ts-expect-error a template is not a step
    onDay(3, readsName),
  ]),

  untypedTemplate: email('u', {
    topic: 'nurture',
    // @ts-expect-error it does not say what it reads
    subject: ({ lead }) => `Hola ${lead.name}`,
    body: words.body,
  }),

  anotherTypeOfField: journey('j', { lead: Lead }, [
    // @ts-expect-error the lead's name is a text
    sendEmail(readsNumber),
  ]),

  inALaterStep: journey('j', { lead: Lead }, [
    sendEmail(readsName),
    when(MeetingBooked, { yes: [sendEmail(readsName)] }),
    // @ts-expect-error no lead has a contract
    sendEmail(readsContract),
    sendEmail(readsName),
  ]),

  // @ts-expect-error no lead has a contract
  inASharedBlock: journey('j', { lead: Lead }, [sendEmail(readsName), ...block]),

  // @ts-expect-error people would wait for ever
  waitWithoutALimit: waitFor(MeetingBooked, { yes: [sendEmail(readsName)] }),

  // @ts-expect-error a template is not a step
  templateAmongSteps: journey('j', { lead: Lead }, [readsName]),

  // @ts-expect-error an event is not a step
  eventAmongSteps: journey('j', { lead: Lead }, [MeetingBooked]),

  setsAMisspeltField: journey('j', { lead: Lead }, [
    // @ts-expect-error misspelt
    setField({ contry: 'ES', name: 'Ana' }),
  ]),

  setsAWrongValue: journey('j', { lead: Lead }, [
    // @ts-expect-error not one of its values
    setField({ country: 'FR' }),
  ]),

  setsAWrongTypeInABlock: journey('j', { lead: Lead }, [
    // @ts-expect-error not a number
    until(MeetingBooked, [sendEmail(readsName), setField({ employees: 'many' })]),
  ]),
};
