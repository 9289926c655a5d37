import { readdirSync, readFileSync } from 'node:fs';

/** The examples in the docstrings of a folder's sources. */
export const examplesIn = (folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('.test') && !file.includes('generated'))
    .flatMap((file) => examplesOf(readFileSync(`${folder}/${file}`, 'utf8')).map((code) => ({ file, code })));

const examplesOf = (text) =>
  [...text.matchAll(/@example\n((?: \* (?!@).*\n| \*\n)+)/g)].map(([, block = '']) => block.replaceAll(/^ \* ?/gm, '').trim());

const PROMISE = /^(.+); +\/\/ (.+)$/gm;
const AsyncFunction = (async () => {}).constructor;

/**
 * Runs an example as it stands, in a scope that has what it would import: each line `expression; // value` must promise what `check` finds.
 * Its own names may be those of the scope.
 *
 * @returns how many promises it makes
 */
export async function runExample(code, scope, check) {
  const checked = code.replaceAll(/^import .*$/gm, '').replaceAll(PROMISE, (_, expression, value) => `check_(${expression}, ${value});`);
  await new AsyncFunction('check_', ...Object.keys(scope), `{${checked}}`)(check, ...Object.values(scope));
  return code.match(PROMISE)?.length ?? 0;
}
