// Keeps a page as it is on the server: asks for it again every few seconds and puts in what has changed.
// Without this script everything works; pages are then as they were when they were opened.
const EVERY_MS = 2500;
const REACHABLE = 'a, button, summary, [tabindex]';
let known = document.querySelector('main').innerHTML;

async function refresh() {
  if (document.hidden || isBusy()) return;
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!response.ok) return;
  const next = new DOMParser().parseFromString(await response.text(), 'text/html');
  const main = next.querySelector('main');
  if (main === null || main.innerHTML === known || isBusy()) return;
  known = main.innerHTML;
  const now = document.querySelector('main');
  // What is still the same stays: frames would load anew, and the reader would lose their place.
  const old = new Map(
    [...now.querySelectorAll('[data-keep]')].map((each) => [each.dataset.keep, each]),
  );
  for (const each of main.querySelectorAll('[data-keep]')) {
    const same = old.get(each.dataset.keep);
    if (same !== undefined) each.replaceWith(same);
  }
  const focused = placeIn(now, document.activeElement);
  now.replaceChildren(...main.childNodes);
  at(now, focused)?.focus({ preventScroll: true });
  void load();
}

/** Which of those that can be reached by keyboard it is, and what it says; undefined where it is none of them. */
function placeIn(main, element) {
  const reachable = [...main.querySelectorAll(REACHABLE)];
  const place = reachable.indexOf(element);
  return place < 0 ? undefined : { place, text: element.textContent };
}

/** The same one, or else the nearest that says the same. */
function at(main, sought) {
  if (sought === undefined) return undefined;
  const reachable = [...main.querySelectorAll(REACHABLE)];
  const { place, text } = sought;
  const says = (each) => each?.textContent === text;
  return says(reachable[place]) ? reachable[place] : reachable.find(says);
}

/** Somebody writes, chooses or has marked something. */
function isBusy() {
  const { activeElement } = document;
  const writes = activeElement !== null && activeElement.matches('input, select, textarea');
  return writes || String(getSelection()) !== '';
}

/** Parts that take longer are asked for once the page is there. */
async function load() {
  for (const place of document.querySelectorAll(
    '[data-load]:empty, [data-load]:not([data-loaded])',
  )) {
    place.dataset.loaded = '';
    const response = await fetch(place.dataset.load);
    if (response.ok) place.innerHTML = await response.text();
  }
}

setInterval(() => refresh().catch(() => undefined), EVERY_MS);
void load();
