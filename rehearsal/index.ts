/** The door for authors' tests: `cultivo/testing`. */
export { at, day } from './moment.ts';
export { onTemporal, type TemporalHostOptions } from './temporal/on-temporal.ts';
export { persona, type Persona } from './persona.ts';
export { type Host, rehearse, rehearseAll } from './rehearse.ts';
export type { RehearsalOptions } from './scenario.ts';
export { salesAnswers, type SalesReply, type SalesTeam } from './sales-team.ts';
export type { Story, StoryLine } from './story.ts';
export { storyMatchers } from './to-read.ts';
