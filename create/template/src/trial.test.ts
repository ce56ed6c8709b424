/** The journey's whole calendar, played on a virtual clock in milliseconds. */
import { hours } from 'cultivo';
import { at, day, persona, rehearse, salesAnswers, storyMatchers } from 'cultivo/testing';
import { expect, test } from 'vitest';
import config from '../cultivo.config.ts';
import { EmailLinkClicked, MeetingBooked } from './events.ts';
import { Lead } from './lead.ts';
import { trial } from './trial.ts';

expect.extend(storyMatchers);

const ana = persona(Lead, {
  name: 'Ana',
  email: 'ana@example.com',
  employees: 120,
  timezone: 'Europe/Madrid',
});
const monday = { lead: ana, from: '2026-03-02T10:00', config };

test('a lead who stays quiet gets two e-mails in four weeks', async () => {
  const story = await rehearse(trial, monday);
  expect(story).toRead(`
    Mon  2 Mar 10:00  email welcome
    Mon 16 Mar 10:00  email invitation
    Mon 30 Mar 10:00  stage recycled
    Mon 30 Mar 10:00  end: completed
  `);
});

test('a lead who reads the invitation is given to sales after four weeks', async () => {
  const story = await rehearse(trial, {
    ...monday,
    behaviour: [at(day(15, '18:30'), EmailLinkClicked({ template: 'invitation' }))],
    sales: salesAnswers('yes', { after: hours(3) }),
  });
  expect(story).toRead(`
    Mon  2 Mar 10:00  email welcome
    Mon 16 Mar 10:00  email invitation
    Mon 30 Mar 10:00  handoff to owner, 48 h
    Mon 30 Mar 13:00  sales: yes
    Mon 30 Mar 13:00  stage customer
    Mon 30 Mar 13:00  end: completed
  `);
});

test('a lead who books a meeting is given to sales at once, and gets no more e-mail', async () => {
  const story = await rehearse(trial, {
    ...monday,
    behaviour: [at(day(5, '21:15'), MeetingBooked())],
    sales: salesAnswers('yes', { after: hours(14) }),
  });
  expect(story).toRead(`
    Mon  2 Mar 10:00  email welcome
    Fri  6 Mar 21:15  handoff to owner, 48 h
    Sat  7 Mar 11:15  sales: yes
    Sat  7 Mar 11:15  stage customer
    Sat  7 Mar 11:15  end: completed
  `);
});
