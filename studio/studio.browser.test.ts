/** Every page of the studio in a real browser: at two widths, in both schemes, with data that would like to be markup. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FormSubmitted } from '../examples/three-month-nurture/events.ts';
import { recordBehaviour } from '../activities/behaviour/record-behaviour.ts';
import { barriersIn, BROWSER, look, openBrowser, shiftOf } from '../test/browser.ts';
import { firstMail, MARKUP, studioWorld, type StudioWorld } from '../test/studio-world.ts';

const WIDE = { width: 1280, scheme: 'light' } as const;
const TOO_WIDE = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
const NARROW = { width: 390, scheme: 'dark' } as const;

describe.skipIf(BROWSER === undefined)('in a browser', () => {
  let browser: Browser;
  let studio: StudioWorld;
  let url: string;
  beforeAll(async () => {
    browser = await openBrowser();
    studio = await studioWorld({ mayAct: true });
    url = `${studio.server.url}/studio`;
  });
  afterAll(async () => {
    await browser?.close();
    await studio?.server.stop();
  });

  const PAGES: readonly (readonly [string, string])[] = [
    ['', 'Journeys'],
    ['/journeys/three-month-nurture?step=email:introduction', 'three-month-nurture'],
    ['/journeys/three-month-nurture?as=graph', 'three-month-nurture'],
    ['/people', 'People'],
    ['/people/lucia-0', 'Lucía Ferrer'],
    ['/people/mei-2', MARKUP],
    ['/inbox', 'Inbox'],
    ['/templates', 'Templates'],
    ['/templates/introduction', 'Where does the energy go at Example Works?'],
    ['/templates/introduction?who=lucia-0&width=phone', `go at Valdebro ${MARKUP}?`],
    ['/sales', 'Sales'],
    ['/plans', 'Plans'],
  ];

  test.each(PAGES)('%s reads well and complains of nothing', async (path, title) => {
    for (const how of [WIDE, NARROW]) {
      const { page, complaints } = await look(browser, url + path, how);
      expect(await page.textContent('h1')).toContain(title);
      expect(await shiftOf(page), 'layout shift').toBeLessThan(0.1);
      const tooWide = await page.evaluate(TOO_WIDE);
      expect(tooWide, 'wider than the window').toBe(0);
      expect(await page.locator('main img').count(), 'data as markup').toBe(0);
      expect(complaints).toEqual([]);
      expect(await barriersIn(page)).toEqual([]);
      await page.close();
    }
  });

  test('a step leads to its people, a person to what comes, a message to its frame', async () => {
    const { page } = await look(browser, url, WIDE);
    await page.click('text=three-month-nurture');
    await page.click('text=call check-in');
    await page
      .getByLabel('Step')
      .getByText('skipped')
      .or(page.getByText('Who stands here'))
      .first()
      .waitFor();
    await page.goto(`${url}/find?who=lucia-0`);
    expect(await page.textContent('.story.ahead')).toContain('email webinars');
    await page.goto(`${url}/inbox/${encodeURIComponent(await firstMail(studio.world))}`);
    const mail = page.frameLocator('iframe.mail');
    expect(await mail.locator('body').textContent()).toContain('Hello Jonas');
    await page.close();
  });

  test('what happens shows without a reload, and not while somebody writes', async () => {
    const { page } = await look(browser, `${url}/people/callum-1`, WIDE);
    expect(await page.textContent('.story')).not.toContain('Form Submitted');
    const { name } = FormSubmitted;
    const button = page.locator('main button').first();
    await button.focus();
    const says = await button.textContent();
    await recordBehaviour(studio.world, [
      {
        type: 'track',
        source: 'test',
        id: 'e1',
        name,
        at: studio.world.clock(),
        userId: 'callum-1',
        properties: { form: 'guide' },
      },
    ]);
    await page.locator('.story').first().getByText('Form Submitted').waitFor({ timeout: 10_000 });
    // Whoever stands on a button by keyboard still does.
    expect(await page.evaluate('document.activeElement.textContent')).toBe(says);
    await page.focus('input[name=who]');
    await page.keyboard.type('ana');
    expect(await page.inputValue('input[name=who]')).toBe('ana');
    await page.close();
  });

  test('by the keyboard alone: to the content, and through the sections', async () => {
    const { page } = await look(browser, url, WIDE);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('To the content');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/people$/);
    await page.close();
  });

  test('a journey is ended by its button', async () => {
    const { page } = await look(browser, `${url}/people/lucia-0`, WIDE);
    const answered = page.waitForResponse(/\/end$/);
    await page.click('text=End three-month-nurture');
    expect((await answered).status()).toBe(303);
    await studio.world.playTo(studio.world.clock() + 1);
    await page.reload();
    expect(await page.textContent('main')).toContain('exit');
    await page.close();
  });
});
