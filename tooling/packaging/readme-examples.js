import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { transform } from 'esbuild';
import { phase } from '../run/lib/progress.js';
import { onlyInVitest } from './only-in.js';
import { readmeExample } from './readme-example.js';
import { run } from './run.js';

const tsconfigRaw = { compilerOptions: { verbatimModuleSyntax: true } }; // a name that nothing uses is imported too, and must be there

/**
 * Runs the first program of each installed package's README as it stands, with nothing but what the project has. Its promised
 * values are checked by the tests of the sources.
 *
 * @param {string} project
 * @param {readonly string[]} names
 */
export async function readmeExamples(project, names) {
  const folder = join(project, 'examples');
  mkdirSync(folder);
  for (const name of names) {
    const example = readmeExample(join(project, 'node_modules', name, 'README.md'));
    const { code } = await transform(example, { loader: 'ts', format: 'esm', tsconfigRaw });
    const inVitest = onlyInVitest.includes(name);
    const program = join(folder, `${basename(name)}${inVitest ? '.test' : ''}.mjs`);
    writeFileSync(program, code);
    await phase(`${name}: the README's example`, async () => {
      try {
        if (inVitest) await run(folder, join(project, 'node_modules/.bin/vitest'), 'run', '--root', folder);
        else await run(folder, 'node', program);
      } catch (error) {
        throw new Error(
          `${name}: the first program of its README fails with the installed archives. Correct the README or the package.\n${error}`,
          { cause: error },
        );
      }
    });
  }
}
