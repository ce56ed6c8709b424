// Searches all pages in the browser. `search-index.js` has set `searchIndex`: a section each, with its page and text.
'use strict';

/** Words in one form: lower case, without accents. */
const wordsIn = (text) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Words that questions are made of and that every page has. */
const COMMON = new Set(
  'a an and are do does for how i in is it of on the to was what with'.split(' '),
);

/** Sections that have each word, or one that begins so; those that have it in a heading first. */
globalThis.searchSections = (sections, query) => {
  const asked = wordsIn(query);
  const rare = asked.filter((word) => !COMMON.has(word));
  const words = rare.length > 0 ? rare : asked;
  if (words.length === 0) return [];
  const found = [];
  for (const section of sections) {
    const heading = wordsIn(section.heading);
    const page = wordsIn(section.page);
    const text = wordsIn(section.text);
    let points = 0;
    for (const word of words) {
      const times = text.filter((each) => each.startsWith(word)).length;
      const own =
        (heading.includes(word) ? 12 : heading.some((each) => each.startsWith(word)) ? 8 : 0) +
        (page.some((each) => each.startsWith(word)) ? 3 : 0) +
        Math.min(times, 5);
      if (own === 0) points = -Infinity;
      points += own;
    }
    if (points > 0) found.push({ section, points });
  }
  return found.sort((a, b) => b.points - a.points).map(({ section }) => section);
};

/** A piece of the text around the first of the words, cut between words. */
const excerptOf = (text, query) => {
  const words = text.split(' ');
  const asked = wordsIn(query).filter((word) => !COMMON.has(word));
  const isAsked = (word) => wordsIn(word).some((each) => asked.some((a) => each.startsWith(a)));
  const from = Math.max(0, words.findIndex(isAsked) - 6);
  const piece = words.slice(from, from + 24).join(' ');
  return `${from > 0 ? '… ' : ''}${piece}${words.length > from + 24 ? ' …' : ''}`;
};

function start() {
  const MOST = 12;
  const search = document.getElementById('search');
  const input = search.querySelector('input');
  const list = document.getElementById('found');
  search.hidden = false;

  const line = (className, text) => {
    const element = document.createElement('span');
    element.className = className;
    element.textContent = text;
    return element;
  };
  const show = () => {
    const query = input.value;
    const found = globalThis.searchSections(globalThis.searchIndex, query).slice(0, MOST);
    const links = found.map(({ page, heading, href, text }) => {
      const link = document.createElement('a');
      link.href = href;
      const title = page === heading ? page : `${page}: ${heading}`;
      link.append(line('title', title), line('excerpt', excerptOf(text, query)));
      return link;
    });
    list.replaceChildren(...(links.length > 0 ? links : [line('none', 'Nothing found.')]));
    list.hidden = query.trim() === '';
  };
  const close = () => (list.hidden = true);

  input.addEventListener('input', show);
  input.addEventListener('focus', show);
  list.addEventListener('click', close);
  document.addEventListener('click', (event) => {
    if (!search.contains(event.target)) close();
  });
  document.addEventListener('keydown', (event) => {
    const isInside = search.contains(document.activeElement);
    if (event.key === '/' && !isInside) {
      event.preventDefault();
      input.focus();
    } else if (event.key === 'Escape' && isInside) {
      close();
      input.blur();
    } else if (isInside && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const all = [input, ...list.querySelectorAll('a')];
      const next = all.indexOf(document.activeElement) + (event.key === 'ArrowDown' ? 1 : -1);
      all[Math.max(0, Math.min(next, all.length - 1))].focus();
    } else if (event.key === 'Enter' && document.activeElement === input) {
      list.querySelector('a')?.click();
    }
  });
}

/** Wide screens have the list of pages open. */
function openPages() {
  const pages = document.querySelector('details.pages');
  const wide = matchMedia('(min-width: 50rem)');
  const follow = () => (pages.open = wide.matches);
  wide.addEventListener('change', follow);
  follow();
}

if (typeof document !== 'undefined') {
  start();
  openPages();
}
