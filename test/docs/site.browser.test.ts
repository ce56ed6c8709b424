/** The site in a real browser, opened from the disk: no server, nothing from elsewhere, on wide and narrow screens. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSite } from '../../docs/site/build-site.ts';
import { barriersIn, BROWSER, look, openBrowser } from '../browser.ts';

/** Tables and code, long parts, a picture, answers. The others are made of the same. */
const PAGES = ['running.html', 'steps.html', 'engine.html', 'questions.html'];

describe.skipIf(BROWSER === undefined)('in a browser', () => {
  const site = mkdtempSync(join(tmpdir(), 'cultivo-site-'));
  buildSite(site);
  const urlOf = (address: string): string => pathToFileURL(join(site, address)).href;
  let browser: Browser;
  beforeAll(async () => void (browser = await openBrowser()));
  afterAll(async () => {
    await browser.close();
    rmSync(site, { recursive: true, force: true });
  });

  test.each([
    { width: 1_200, scheme: 'light' },
    { width: 390, scheme: 'dark' },
  ] as const)('$width wide, $scheme: everybody can read it', async (screen) => {
    for (const address of PAGES) {
      const { page, complaints } = await look(browser, urlOf(address), screen);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      // First: the checker itself asks for what a page from the disk may not have.
      expect(complaints, address).toEqual([]);
      expect(await barriersIn(page), address).toEqual([]);
      expect(asked.filter((url) => /^https?:/.test(url))).toEqual([]);
      const wider = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(wider, address).toBeLessThanOrEqual(0);
      await page.close();
    }
  });

  test('a question that is typed leads to its answer, by the keyboard alone', async () => {
    const { page } = await look(browser, urlOf('index.html'), { width: 1_200, scheme: 'light' });
    await page.keyboard.press('/');
    await page.keyboard.type('why was nothing sent');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(urlOf('questions.html') + '#why-was-nothing-sent');
    await page.close();
  });
});
