/** What people do, by the names under which your site and your product report it. */
import { event } from 'cultivo';

export const TrialStarted = event('Trial Started');
export const MeetingBooked = event('Meeting Booked');

/** Cultivo records these itself, about every e-mail that it sends. */
export { EmailLinkClicked, EmailOpened } from 'cultivo';
