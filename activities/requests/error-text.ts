/** What is kept and shown of an error that parks somebody. */
import { withoutPersonalData } from '../without-personal-data.ts';

export const errorText = (error: unknown): string => withoutPersonalData(String(error));
