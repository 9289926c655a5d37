import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { documents, read, ROOT } from './documents.ts';

const withoutCode = (text: string): string => text.replaceAll(/^```.*?^```$/gms, '').replaceAll(/`[^`\n]*`(?!\])/g, '');

const linksIn = (text: string): string[] =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^[a-z]+:/.test(link));

/** The anchor that a heading has on GitHub and npm. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

const anchorsIn = (path: string): string[] =>
  [...withoutFences(read(path)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

const withoutFences = (text: string): string => text.replaceAll(/^```.*?^```$/gms, '');

function leads(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? from : relative(ROOT, join(ROOT, dirname(from), path));
  if (!existsSync(join(ROOT, file))) return false;
  if (anchor === undefined) return true;
  return anchorsIn(statSync(join(ROOT, file)).isDirectory() ? `${file}/README.md` : file).includes(anchor);
}

test.each(documents())('each link in %s leads somewhere', (path) => {
  expect(linksIn(read(path)).filter((link) => !leads(path, link))).toEqual([]);
});
