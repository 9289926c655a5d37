import { readFileSync } from 'node:fs';

/** The first complete JavaScript program of the project's README. */
export function readmeExample() {
  const text = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const program = /^```js\n(.*?)^```$/ms.exec(text)?.[1];
  if (program === undefined) throw new Error('README.md has no block that begins with ```js');
  return program;
}
