/** What authors write and compilers take: checked by `tsc -p .`, never run. */
import {
  all,
  any,
  check,
  email,
  handoffToSales,
  hours,
  html,
  ifScoreAbove,
  journey,
  not,
  oneOf,
  onDay,
  owner,
  score,
  sendEmail,
  setField,
  step,
  until,
  waitDays,
  waitFor,
  when,
} from '../../dsl/index.ts';
import {
  Account,
  Lead,
  MeetingBooked,
  PricingViewed,
  readsEmail,
  readsName,
  readsNothing,
} from './leads.ts';

/** Needs a name and an e-mail address of any lead, whichever journey it stands in. */
const block = [
  waitDays(2),
  sendEmail(readsName),
  when(readsName.opened(), { yes: [sendEmail(readsEmail)], no: [sendEmail(readsNothing)] }),
];

export const compiles = {
  branches: journey('branches', { lead: Lead }, [
    ifScoreAbove(70, { yes: [sendEmail(readsName)], no: [waitDays(2)] }),
    when(Lead.is({ country: 'ES', employees: { atLeast: 50 } }), {
      yes: [sendEmail(readsName), when(readsName.clicked(), { no: [sendEmail(readsEmail)] })],
    }),
    when(all(Lead.is({ country: oneOf('ES', 'MX') }), not(readsName.opened())), { yes: block }),
    waitFor(any(MeetingBooked, PricingViewed.with({ plan: 'pro' })), { upTo: hours(1) }),
  ]),

  templatesThatNeedDifferentFields: journey('fields', { lead: Lead }, [
    until(MeetingBooked, [sendEmail(readsName), onDay(2, sendEmail(readsEmail))], {
      met: [sendEmail(readsEmail)],
      notMet: [sendEmail(readsName)],
    }),
    handoffToSales({
      to: owner,
      sla: hours(48),
      yes: [sendEmail(readsNothing)],
      maybe: [sendEmail(readsName)],
      never: [sendEmail(readsEmail), sendEmail(readsName)],
    }),
  ]),

  conditionsThatNeedDifferentFields: journey('conditions', { lead: Lead }, [
    when(
      all(
        check('named', ({ lead }: { lead: { name: string } }) => lead.name !== ''),
        check('reachable', ({ lead }: { lead: { email: string } }) => lead.email !== ''),
        score.above(10),
      ),
      { yes: [waitDays(1)] },
    ),
  ]),

  oneBlockInTwoJourneys: [
    journey('first', { lead: Lead }, block),
    journey('second', { lead: Lead }, [until(MeetingBooked, block), ...block]),
  ],

  templateThatReadsNothing: journey('account', { lead: Account }, [sendEmail(readsNothing)]),

  fieldsThatTheLeadMayLack: journey('set', { lead: Lead }, [
    setField({ company: 'Acme', employees: 12, country: 'MX' }),
    until(MeetingBooked, [setField({ interests: ['prices', 'demo'] })]),
  ]),

  ownCodeKnowsTheLead: journey('own', { lead: Lead }, [
    step('greet', ({ lead }) => lead.name.toUpperCase()),
    until(MeetingBooked, [step('note', ({ lead }: { lead: { name: string } }) => lead.name)]),
  ]),

  transactional: email('receipt', {
    class: 'transactional',
    subject: () => 'Your receipt',
    body: () => html`<p>Thanks</p>`,
  }),
};
