/** `cultivo/testing`: what authors' tests import. Stories on a real server: `cultivo/testing/temporal`. */
export { identifies, salesAnswer, unsubscribes } from './happenings.ts';
export { rendered, type RenderedEmail } from './rendered.ts';
export type { StoryEmail } from './story-emails.ts';
export { at, day, type PlannedBehaviour } from './story-time.ts';
export { persona, type Persona } from './persona.ts';
export { type Host, rehearse, rehearseAll } from './rehearse.ts';
export type { RehearsalOptions } from './scenario.ts';
export { salesAnswers, type SalesReply, type SalesTeam } from './sales-team.ts';
export type { Story, StoryLine, StoryWay } from './story.ts';
export { storyMatchers } from './to-read.ts';
