/** What the first journey sends. */
import { email, html } from 'cultivo';

export const hello = email('hello', {
  topic: 'news',
  subject: () => 'Welcome',
  body: () => html`<p>Welcome</p>`,
});
