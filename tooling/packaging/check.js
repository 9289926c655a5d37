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
// Packs every package, installs the archives into an empty project, and checks them there as their users would use them.
import { checkProject } from './check-project.js';
import { emptyProject } from './empty-project.js';
import { inTemporaryFolder } from './temporary-folder.js';

try {
  await inTemporaryFolder(async (project) => {
    await emptyProject(project);
    await checkProject(project);
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
}
