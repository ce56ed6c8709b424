import { hours } from 'cultivo';
import { at, day, persona, rehearse, salesAnswers, storyMatchers } from 'cultivo/testing';
import { expect, test } from 'vitest';
import { Lead, model, ProjectCreated } from './nouns.ts';
import trialNurture from './trial-nurture.ts';

expect.extend(storyMatchers);

const ana = persona(Lead, {
  name: 'Ana',
  email: 'ana@example.com',
  timezone: 'Europe/Madrid',
});

test('a lead who tries things in a weekend trial is given to sales', async () => {
  const story = await rehearse(trialNurture, {
    lead: ana,
    from: '2026-03-27T16:30',
    behaviour: [at(day(2, '11:00'), ProjectCreated()), at(day(3, '20:15'), ProjectCreated())],
    sales: salesAnswers('yes', { after: hours(3) }),
    config: { scoring: model },
  });
  expect(story).toRead(`
    Fri 27 Mar 16:30  email welcome
    Mon 30 Mar 16:30  email tips
    Mon  6 Apr 09:04  email invitation
    Mon  6 Apr 09:04  handoff to owner, 48 h
    Mon  6 Apr 12:04  sales: yes
    Mon  6 Apr 12:04  end: completed
  `);
});
