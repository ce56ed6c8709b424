/** Day 10: the next thing to read, after the guide that the lead chose. */
import { email, type EmailContext, html } from 'cultivo';
import type { Lead } from '../lead.ts';
import { firstName } from './first-name.ts';

type Guide = NonNullable<Lead['guide']>;

interface Article {
  readonly title: string;
  readonly slug: string;
  readonly because: string;
}

const AFTER: Readonly<Record<Guide, Article>> = {
  'peak-load': {
    title: 'Six loads that can wait for a quarter of an hour',
    slug: 'loads-that-can-wait',
    because: 'You have our guide to peak loads. The next question is which machines to move.',
  },
  'compressed-air': {
    title: 'Finding leaks on a Sunday, with nothing but a meter',
    slug: 'leaks-on-a-sunday',
    because: 'You have our guide to compressed air. Here is how to see a leak without hearing it.',
  },
  'iso-50001': {
    title: 'An energy baseline that an auditor accepts',
    slug: 'baseline-for-auditors',
    because: 'You have our guide to ISO 50001. The baseline is where most first audits stumble.',
  },
};

const FOR_EVERYBODY: Article = {
  title: 'Three machines to meter first',
  slug: 'three-machines',
  because: 'Nobody meters a whole plant on the first day. Three machines are enough to begin.',
};

const articleFor = ({ guide }: Pick<Lead, 'guide'>): Article =>
  guide === undefined ? FOR_EVERYBODY : AFTER[guide];

export const relatedContent = email('related-content', {
  topic: 'nurture',
  subject: ({ lead }: EmailContext<Lead>) => articleFor(lead).title,
  body: ({ lead }) => {
    const { title, slug, because } = articleFor(lead);
    return html`
      <p>Hello ${firstName(lead.name)},</p>
      <p>${because}</p>
      <p><a href="https://northvane.example/articles/${slug}">${title}</a></p>
      <p>The people at Northvane</p>
    `;
  },
});
