import { expect, test } from 'vitest';
import * as z from 'zod';
import { email, html, journey, lead, sendEmail, waitDays } from '../../dsl/index.ts';
import { composeProject } from '../../dsl/project.ts';
import { whatChanged } from './what-changed.ts';

const Lead = lead(z.object({ name: z.string() }));
const letter = (id: string, words: () => string) =>
  email(id, { class: 'transactional', subject: words, body: () => html`<p>Hello</p>` });
const projectOf = (days: number, words = () => 'Hello', ...more: readonly string[]) =>
  composeProject({
    journeys: [
      journey('welcome', { lead: Lead }, [
        waitDays(days),
        sendEmail(letter('first', words)),
        ...more.map((id) => sendEmail(letter(id, words))),
      ]),
    ],
  });

test('steps, words, journeys that come and go, and nothing', () => {
  const before = projectOf(3);
  expect(whatChanged(before, projectOf(3, undefined, 'second'))).toEqual([
    'welcome: + email:second; who is in it finishes the plan that they began',
  ]);
  expect(whatChanged(before, projectOf(2))[0]).toMatch(/^welcome: − wait:3d, \+ wait:2d; /);
  expect(
    whatChanged(
      before,
      projectOf(3, () => 'Good day'),
    ),
  ).toEqual(['template first: other words, from the next message on']);
  const none = composeProject({ journeys: [] });
  expect(whatChanged(none, before)).toEqual(['welcome is new']);
  expect(whatChanged(before, none)).toEqual(['welcome is gone: who is in it finishes it']);
  expect(whatChanged(before, projectOf(3))).toEqual([]);
});
