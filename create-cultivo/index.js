#!/usr/bin/env node
// `npm create cultivo` is `cultivo init` of the same version: the project that is made and the package that makes it
// are of one piece.
process.argv.splice(2, 0, 'init');
const main = new URL('dist/cli/main.js', import.meta.resolve('cultivo/package.json'));
await import(main.href);
