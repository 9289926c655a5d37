import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../run/lib/progress.js';
import { root } from '../run/lib/root.js';
import { bundle } from './bundle.js';
import { consumerTypes } from './consumer-types.js';
import { learned } from './learned.js';
import { onlyInVitest } from './only-in.js';
import { entries } from './public-packages.js';
import { readmeExample } from './readme-example.js';
import { run } from './run.js';
import { tune } from './tune.js';

/**
 * In a project where our archives are installed: imports each entry, compiles our declarations, runs downhill-tune and the
 * project's README example, plain and bundled by esbuild.
 *
 * @param {string} project
 */
export async function checkProject(project) {
  for (const specifier of entries()) {
    if (onlyInVitest.includes(specifier)) continue;
    await run(project, 'node', '--input-type=module', '--eval', `await import(${JSON.stringify(specifier)})`);
    say(`import ${specifier}: ok`);
  }

  for (const compiler of await consumerTypes(project, entries())) say(`declarations, ${compiler}: ok`);

  say(`downhill-tune: ${await tune(project)}`);

  const program = join(project, 'example.mjs');
  writeFileSync(program, readmeExample(join(root, 'README.md')));
  learned('README example', await run(project, 'node', program));

  const folder = join(project, 'bundled');
  mkdirSync(folder);
  learned('README example, bundled', await run(folder, 'node', await bundle(program, folder)));
}
