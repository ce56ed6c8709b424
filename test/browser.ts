/** A real browser without a window, for tests of pages. */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import axe, { type AxeResults } from 'axe-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Undefined: this machine has none, and such tests are skipped. */
export const BROWSER = PLACES.find((place) => existsSync(place));

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: BROWSER ?? '', args: ['--no-sandbox'] });

export interface Seen {
  readonly page: Page;
  /** What the browser complained of: errors of scripts, of the policy, of what could not be loaded. */
  readonly complaints: readonly string[];
}

export interface Look {
  readonly width: number;
  readonly scheme: 'light' | 'dark';
}

export async function look(browser: Browser, url: string, { width, scheme }: Look): Promise<Seen> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
  const complaints: string[] = [];
  page.on('console', (said) => {
    if (said.type() === 'error') complaints.push(said.text());
  });
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.addInitScript(MEASURE_SHIFT);
  await page.goto(url, { waitUntil: 'networkidle' });
  return { page, complaints };
}

/** Runs in the page. */
const MEASURE_SHIFT = `
  globalThis.seen = { shift: 0 };
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) seen.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

/** How much the layout has moved by itself; good is less than 0.1. */
export const shiftOf = (page: Page): Promise<number> => page.evaluate('seen.shift');

/** What axe finds: rule, and where. */
export async function barriersIn(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  // The policy of the page would keep the checker out.
  await session.send('Page.setBypassCSP', { enabled: true });
  await page.reload({ waitUntil: 'networkidle' });
  await page.addScriptTag({ content: axe.source });
  const found: AxeResults = await page.evaluate('axe.run(document, { iframes: false })');
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`);
}
