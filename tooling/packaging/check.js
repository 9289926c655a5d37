// Packs every package, installs the archives into an empty project, and there imports each entry, runs downhill-tune and the README's example, plain
// and bundled, and writes, tests and trains with a new plugin.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle.js';
import { consumerTypes } from './consumer-types.js';
import { emptyProject } from './empty-project.js';
import { plugin } from './plugin.js';
import { publicPackages } from './public-packages.js';
import { readmeExample } from './readme-example.js';
import { run } from './run.js';
import { tune } from './tune.js';

const onlyInVitest = ['@downhill/conformance', '@downhill/tuning/testing'];

const project = realpathSync(mkdtempSync(join(tmpdir(), 'downhill-packed-')));
try {
  emptyProject(project);

  const specifiers = publicPackages().flatMap(({ manifest }) => {
    const entries = Object.keys(manifest.exports).filter((entry) => entry !== './package.json');
    return entries.map((entry) => manifest.name + entry.slice(1));
  });

  for (const specifier of specifiers) {
    if (onlyInVitest.includes(specifier)) continue;
    run(project, 'node', '--input-type=module', '--eval', `await import(${JSON.stringify(specifier)})`);
    console.log(`import ${specifier}: ok`);
  }

  for (const compiler of consumerTypes(project, specifiers)) console.log(`declarations, ${compiler}: ok`);

  console.log(`downhill-tune: ${tune(project)}`);

  console.log(`a new plugin: tests, build and training: ${await plugin(project)}`);

  const program = join(project, 'example.mjs');
  writeFileSync(program, readmeExample());
  learned('README example', run(project, 'node', program));

  const folder = join(project, 'bundled');
  mkdirSync(folder);
  learned('README example, bundled', run(folder, 'node', await bundle(program, folder)));
} catch (error) {
  console.error(String(error)); // what a command printed, without our own stack
  process.exitCode = 1;
} finally {
  rmSync(project, { recursive: true, force: true });
}

/** Shows what the example printed, `accuracy 0.96` or so, and throws when it has not learned its task. @param {string} title @param {string} printed */
function learned(title, printed) {
  console.log(`${title}: ${printed}`);
  const accuracy = Number(/accuracy ([\d.]+)/.exec(printed)?.[1]);
  if (!(accuracy > 0.8)) throw new Error(`${title}: an accuracy above 0.8 was expected`);
}
