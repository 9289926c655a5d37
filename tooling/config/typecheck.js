#!/usr/bin/env node
// Checks the types of the package in whose folder it is called. TypeScript 7 does so in a quarter of the time that TypeScript 6 takes; that one
// writes dist, and is what programs know that use the compiler themselves.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const typescript = dirname(createRequire(import.meta.url).resolve('typescript-7/package.json'));
process.argv.push('--noEmit');
await import(pathToFileURL(join(typescript, 'lib/tsc.js')).href);
