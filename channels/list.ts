/** The channels. A new one is its folder and a line here; whatever is missing then, the compiler names. */
export { call } from './call/call.ts';
export { crm } from './crm/index.ts';
export { email } from './email/index.ts';
export { webhook } from './webhook/index.ts';
