/** `npm run docs:site`: the site into `site/`. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSite, DOCS } from './build-site.ts';

const folder = join(DOCS, '..', 'site');
const pages = buildSite(folder);
console.log(`${pages.length} pages: ${pathToFileURL(join(folder, 'index.html')).href}`);
