/** How ready somebody is. */
import { points, scoring } from 'cultivo';
import { MeetingBooked } from './events.ts';

export default scoring({ engagement: [points(50, { on: MeetingBooked })] });
