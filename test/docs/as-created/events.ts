/** What people do. */
import { event } from 'cultivo';

export const SignedUp = event('Signed Up');
export const MeetingBooked = event('Meeting Booked');
