/** How a seller signs: as a person who can be answered and called. */
import { html, type Html, type TeamMember } from 'cultivo';

export const signature = ({ name, email, phone }: TeamMember): Html => html`
  <p>${name}<br />${email}${phone === undefined ? null : html`<br />${phone}`}</p>
`;
