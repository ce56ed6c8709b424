import { describe, expect, test } from 'vitest';
import type { CultivoConfig } from '../../dsl/config.ts';
import { email, type EmailContext } from '../../dsl/email.ts';
import { html, trusted } from '../../dsl/html.ts';
import type { JsonObject } from '../../dsl/plan.ts';
import { composeProject } from '../../dsl/project.ts';
import { resend } from '../../dsl/vendor.ts';
import type { Message } from '../../store/tables/index.ts';
import { renderEmail } from './render-email.ts';
import { readUnsubscribeToken } from './unsubscribe-token.ts';

type Named = EmailContext<{ name: string }>;

const intro = email('intro', {
  topic: 'nurture',
  subject: ({ lead }: Named) => `Hola\n ${lead.name}`,
  body: ({ lead, from }) => html`<p>Hola ${lead.name}, soy ${from.name}.</p>`,
});
const receipt = email('receipt', {
  class: 'transactional',
  subject: () => 'Recibo',
  body: () => html`<p>Gracias</p>`,
});
const broken = email('broken', {
  topic: 'nurture',
  subject: ({ lead }: Named) => {
    throw new Error(`no plan for ${lead.name} <ana@a.example>`);
  },
  body: () => html``,
});
const config: CultivoConfig = {
  journeys: [],
  templates: [intro, receipt, broken],
  brand: {
    name: 'Cultivos "Sol"',
    email: 'hola@sol.example',
    postalAddress: 'Calle 1\n28001 Madrid',
    publicUrl: 'https://sol.example/',
  },
  team: [{ id: 'marta', name: 'Marta', email: 'marta@sol.example' }],
  assignOwner: ['marta'],
};
const message: Message = {
  key: 'welcome/p-1/run-1/email:intro/1',
  run: 'run-1',
  journey: 'welcome',
  person: 'p-1',
  step: 'email:intro',
  channel: 'email',
  template: 'intro',
  topic: 'nurture',
  class: 'marketing',
  from: null,
  at: 1_000,
  status: 'waiting',
  code: null,
  providerId: null,
  rendered: null,
};

function render(
  change: Partial<Message> = {},
  profile: JsonObject = { name: 'Ana <3', email: 'ana@a.example' },
  of: CultivoConfig = config,
) {
  const person = { id: 'p-1', profile, zone: null, createdAt: 0 };
  return renderEmail(composeProject(of), {
    message: { ...message, ...change },
    person,
    secret: 'secret',
  });
}

function sent(...args: Parameters<typeof render>) {
  const rendering = render(...args);
  if ('refused' in rendering) throw new Error(`refused: ${rendering.refused.code}`);
  return rendering;
}

describe('a marketing e-mail', () => {
  test('has subject, sender, recipient and escaped body', () => {
    const { subject, from, to, html: page, at, key } = sent();
    expect({ subject, from, to, at, key }).toEqual({
      subject: 'Hola Ana <3',
      from: '"Cultivos \\"Sol\\"" <hola@sol.example>',
      to: 'ana@a.example',
      at: 1_000,
      key: message.key,
    });
    expect(page).toMatch(/^<!doctype html>\n<html>/);
    expect(page).toContain('<p>Hola Ana &lt;3, soy Cultivos &quot;Sol&quot;.</p>');
  });

  test('carries postal address, link and one-click header for its topic', () => {
    const { html: page, text, headers } = sent();
    expect(page).toContain('Calle 1<br>28001 Madrid');
    const url = headers['List-Unsubscribe']?.slice(1, -1) ?? '';
    expect(url).toMatch(/^https:\/\/sol\.example\/u\//);
    expect(headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    expect(page).toContain(`href="${url}"`);
    expect(text).toContain(`Unsubscribe (${url})`);
    expect(readUnsubscribeToken('secret', url.split('/u/')[1] ?? '')).toEqual({
      person: 'p-1',
      topic: 'nurture',
    });
  });

  test('has tags that a provider takes, and that lead back to the message', () => {
    const { tags } = sent();
    expect(tags).toMatchObject({ journey: 'welcome', run: 'run-1', step: 'email_intro' });
    for (const value of Object.values(tags)) expect(value).toMatch(/^[A-Za-z0-9_-]{1,256}$/);
    expect(Buffer.from(tags['message'] ?? '', 'base64url').toString()).toBe(message.key);
  });
});

test('characters that no store keeps are not sent either', () => {
  const { subject, html: page } = sent({}, { name: 'A\0n\ud800a 🌱', email: 'ana@a.example' });
  expect(subject).toBe('Hola Ana 🌱');
  expect(page).toContain('Hola Ana 🌱,');
});

test('a transactional e-mail has neither footer nor unsubscribe header', () => {
  const { html: page, headers } = sent({
    template: 'receipt',
    topic: null,
    class: 'transactional',
  });
  expect(page).not.toContain('Unsubscribe');
  expect(headers).toEqual({});
});

test("it comes from the lead's own seller or a colleague where the journey says so", () => {
  expect(sent({ from: 'owner' }).from).toBe('"Marta" <marta@sol.example>');
  expect(sent({ from: 'marta' }).html).toContain('soy Marta.');
  expect(sent({ from: 'somebody-who-left' }).from).toContain('hola@sol.example');
});

test('a page of the template’s own keeps its head and gets the footer at its end', () => {
  const page = email('page', {
    topic: 'nurture',
    subject: () => 'Page',
    body: () =>
      html`<html lang="es">
        <body>
          <p>Own</p>
        </body>
      </html>`,
  });
  const { html: made } = sent({ template: 'page' }, undefined, { ...config, templates: [page] });
  expect(made).toMatch(/^<!doctype html>\n<html lang="es">\s*<body>\s*<p>Own<\/p>\s*<footer/);
  expect(made.match(/<html/g)).toHaveLength(1);
});

describe('what a lead’s data hold is never markup', () => {
  const shapes: readonly [string, JsonObject[string]][] = [
    ['text', '<script>'],
    ['an object that looks like ours', { html: '<script>' }],
    ['a list of such', ['<b>', { html: '<script>' }]],
    ['one that says it was made', { html: '<script>', made: true, __proto__: { made: true } }],
  ];
  test.each(shapes)('%s', (_, name) => {
    const rendered = render({}, { name, email: 'ana@a.example' });
    // As text in the text alternative it is harmless.
    expect('html' in rendered ? rendered.html : '').not.toContain('<script>');
  });
  test('nor as a whole body', () => {
    const forged = email('forged', {
      class: 'transactional',
      subject: () => 'Forged',
      // Types refuse it; data are not what types say.
      body: ({ lead }: EmailContext<{ bio: never }>) => lead.bio,
    });
    const lead = { email: 'ana@a.example', bio: { html: '<script>' } };
    const project = { ...config, templates: [...(config.templates ?? []), forged] };
    expect(render({ template: 'forged' }, lead, project)).toMatchObject({
      refused: { code: 'template-failed', detail: expect.stringContaining('[not-printable]') },
    });
  });
});

describe('what cannot be rendered is refused with a code', () => {
  test('an unknown template', () => {
    expect(render({ template: 'gone' })).toMatchObject({ refused: { code: 'unknown-template' } });
  });
  test('a template that throws, without personal data in the reason', () => {
    expect(render({ template: 'broken' }, { name: 'Ana', email: 'ana@a.example' })).toEqual({
      refused: { code: 'template-failed', detail: 'no plan for … <…>' },
    });
  });
  test('one that a lead’s data make too large to be sent, at little cost', () => {
    const name = 'palabra & '.repeat(100_000);
    expect(render({}, { name, email: 'ana@a.example' })).toEqual({
      refused: { code: 'too-large', detail: expect.stringMatching(/^\d+ characters of markup/) },
    });
    const nested = email('nested', {
      class: 'transactional',
      subject: () => 'Nested',
      body: ({ lead }: EmailContext<{ depth: number }>) => trusted('<div>'.repeat(lead.depth)),
    });
    const project = { ...config, templates: [...(config.templates ?? []), nested] };
    const refusalAt = (depth: number) =>
      render({ template: 'nested' }, { depth, email: 'ana@a.example' }, project);
    expect(refusalAt(100_000)).toMatchObject({ refused: { code: 'too-large' } });
    // Deeper than the text alternative can go.
    expect(refusalAt(19_000)).toMatchObject({ refused: { code: 'template-failed' } });
  });
  test('a lead without an address', () => {
    expect(render({}, { name: 'Ana' })).toMatchObject({ refused: { code: 'no-address' } });
  });
  test('a vendor without a brand; the local inbox shows a stand-in', () => {
    const { brand: _, ...bare } = config;
    expect(sent({}, undefined, bare).html).toContain('Set brand.postalAddress');
    const away = { ...bare, messaging: { email: resend() } };
    expect(() => render({}, undefined, away)).toThrow('a brand, because e-mail leaves through');
  });
});

test('marketing leaves this machine only where links to unsubscribe lead somewhere', () => {
  const { publicUrl: _, ...brand } = config.brand ?? { name: '', email: '', postalAddress: '' };
  const away = composeProject({ ...config, brand, messaging: { email: resend() } });
  const person = {
    id: 'p-1',
    profile: { name: 'Ana', email: 'a@a.example' },
    zone: null,
    createdAt: 0,
  };
  const rendered = (project: typeof away, change: Partial<Message> = {}) =>
    renderEmail(project, { message: { ...message, ...change }, person, secret: 'secret' });
  expect(rendered(away)).toMatchObject({ refused: { code: 'no-public-url' } });
  expect(
    rendered(away, { template: 'receipt', topic: null, class: 'transactional' }),
  ).toMatchObject({
    subject: 'Recibo',
  });
  expect(away.advice).toEqual([expect.stringContaining('[no-public-url]')]);
  const here = { ...composeProject({ ...config, brand }), localUrl: 'http://127.0.0.1:4711' };
  expect(JSON.stringify(rendered(here))).toContain('http://127.0.0.1:4711/u/');
});
