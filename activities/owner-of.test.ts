import { expect, test } from 'vitest';
import { composeProject } from '../dsl/project.ts';
import { colleagueOf, ownerOf } from './owner-of.ts';

const member = (id: string) => ({ id, name: id, email: `${id}@firm.example` });
const team = ['marta', 'luis', 'eva'].map(member);
const project = composeProject({ journeys: [], team, assignOwner: ['marta', 'luis'] });
const person = (id: string, owner?: string) => ({
  id,
  profile: owner === undefined ? {} : { owner },
});

test("the lead's field owner wins where it names a team member", () => {
  expect(ownerOf(project, person('p1', 'eva'))?.id).toBe('eva');
  expect(['marta', 'luis']).toContain(ownerOf(project, person('p1', 'somebody-else'))?.id);
});

test('leads without an owner are shared out evenly, the same lead always to the same one', () => {
  const people = Array.from({ length: 1000 }, (_, i) => person(`p${i}`));
  const owners = people.map((each) => ownerOf(project, each)?.id);
  expect(people.map((each) => ownerOf(project, each)?.id)).toEqual(owners);
  expect(Math.abs(owners.filter((id) => id === 'marta').length - 500)).toBeLessThan(80);
});

test('a new seller takes leads over, and no lead moves between the old ones', () => {
  const larger = composeProject({ journeys: [], team, assignOwner: ['marta', 'luis', 'eva'] });
  for (let i = 0; i < 300; i += 1) {
    const now = ownerOf(larger, person(`p${i}`))?.id;
    if (now !== 'eva') expect(now).toBe(ownerOf(project, person(`p${i}`))?.id);
  }
});

test('nobody owns a lead where the config names nobody', () => {
  expect(ownerOf(composeProject({ journeys: [], team }), person('p1'))).toBeUndefined();
});

test('a journey names the owner or a colleague', () => {
  expect(colleagueOf(project, 'owner', person('p1', 'luis'))?.id).toBe('luis');
  expect(colleagueOf(project, 'eva', person('p1'))?.id).toBe('eva');
  expect(colleagueOf(project, 'nobody', person('p1'))).toBeUndefined();
});
