/** The frame of the pages that local adapters write: readable without a server, light and dark. */
import { escapeHtml, html, type Html } from '../../dsl/html.ts';

/** A whole page; times are shown in the reader's own zone by the script at its end. */
export const page = (title: string, body: Html): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body.html}
<script>${SCRIPT}</script>
</body>
</html>
`;

/** An instant: ISO in UTC for machines, in the reader's zone once the page is open. */
export function time(at: number): Html {
  const iso = new Date(at).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#e3e3e8, #3a3a3f); --soft: light-dark(#6b6b73, #a0a0a8); --card: light-dark(#fff, #232327); --back: light-dark(#f6f6f8, #18181b); --accent: light-dark(#1d5fd1, #7fb0ff); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1200px; padding: 24px; font: 15px/1.5 system-ui, sans-serif; background: var(--back); }
h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 16px; margin: 24px 0 8px; }
p { margin: 4px 0; } a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
.soft { color: var(--soft); font-size: 13px; }
input { width: 100%; max-width: 360px; margin: 12px 0; padding: 8px 12px; font: inherit; border: 1px solid var(--line); border-radius: 8px; background: var(--card); color: inherit; }
table { width: 100%; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
th, td { text-align: left; padding: 8px 12px; border-top: 1px solid var(--line); vertical-align: top; } thead th { border-top: 0; font-size: 13px; color: var(--soft); font-weight: 500; }
.tag { display: inline-block; padding: 0 8px; border: 1px solid var(--line); border-radius: 99px; font-size: 12px; }
.board { display: flex; gap: 16px; overflow-x: auto; align-items: flex-start; padding-bottom: 8px; } .column { flex: 0 0 280px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px; margin-bottom: 8px; overflow-wrap: anywhere; }
iframe { width: 100%; height: 70vh; border: 1px solid var(--line); border-radius: 10px; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; } dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 12px 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
`;

const SCRIPT = `
for (const each of document.querySelectorAll('time')) each.textContent = new Date(each.dateTime).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' });
const search = document.querySelector('input[type=search]');
search?.addEventListener('input', () => {
  const wanted = search.value.toLowerCase();
  for (const each of document.querySelectorAll('[data-row]')) each.hidden = !each.textContent.toLowerCase().includes(wanted);
});
`;
