/** A template's markup as a whole page: doctype, character set and, for marketing, the footer that the law asks for. */
import { escapeHtml } from '../../dsl/html.ts';

export interface MarketingFooter {
  readonly name: string;
  readonly postalAddress: string;
  readonly unsubscribeUrl: string;
}

/** A template that writes a whole page itself keeps it; the footer then goes before its end. */
export function emailDocument(
  subject: string,
  body: string,
  footer: MarketingFooter | undefined,
): string {
  const end = footer === undefined ? '' : footerHtml(footer);
  if (/<html[\s>]/i.test(body)) {
    const page = /^\s*<!doctype/i.test(body) ? body : `<!doctype html>\n${body}`;
    const close = page.search(/<\/body\s*>/i);
    return close < 0 ? page + end : page.slice(0, close) + end + page.slice(close);
  }
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0 auto;max-width:600px;padding:24px;font:16px/1.5 system-ui,sans-serif;color:#1c1c1e">
${body}
${end}</body>
</html>
`;
}

const footerHtml = ({ name, postalAddress, unsubscribeUrl }: MarketingFooter): string =>
  `<footer style="margin-top:32px;padding-top:16px;border-top:1px solid #ddd;font-size:13px;color:#666">
<p>${escapeHtml(name)}<br>${escapeHtml(postalAddress).replace(/\r?\n/g, '<br>')}</p>
<p><a href="${escapeHtml(unsubscribeUrl)}" style="color:#666">Unsubscribe</a></p>
</footer>
`;
