import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { phase } from '../run/lib/progress.js';
import { learned } from './learned.js';
import { onlyInNode, onlyInVitest } from './only-in.js';
import { entries } from './public-packages.js';
import { readmeExample } from './readme-example.js';
import { run } from './run.js';

// What makes tfjs take Node.js for a worker of a page.
const asWorker = `globalThis.WorkerGlobalScope = class WorkerGlobalScope {};\nglobalThis.self = globalThis;\n`;

/** Each builds `main.js` of a project as its users would, and gives the script. */
const bundlers = {
  /** @param {string} project */
  async vite(project) {
    writeFileSync(join(project, 'index.html'), '<!doctype html>\n<title>fresh</title>\n<script type="module" src="/main.js"></script>\n');
    writeFileSync(join(project, 'vite.config.js'), 'export default { build: { modulePreload: false } };\n'); // it takes a document, which a worker lacks
    const printed = await run(project, join(project, 'node_modules/.bin/vite'), 'build');
    const assets = join(project, 'dist/assets');
    const script = readdirSync(assets).find((name) => /^index-.*\.js$/.test(name));
    if (script === undefined) throw new Error(`vite build made no script:\n${printed}`);
    return join(assets, script);
  },
  /** @param {string} project */
  async esbuild(project) {
    const options = ['--bundle', '--minify', '--format=esm', '--platform=browser', '--outfile=esbuild/main.js', '--log-level=warning'];
    await run(project, join(project, 'node_modules/.bin/esbuild'), 'main.js', ...options);
    return join(project, 'esbuild/main.js');
  },
};

/**
 * In a project with a bundler: a program that takes every entry for browsers and trains is built as for a page, and trains
 * there.
 *
 * @param {string} project
 * @param {keyof typeof bundlers} bundler
 */
export async function browserProject(project, bundler) {
  const taken = entries().filter((specifier) => !onlyInNode(specifier) && !onlyInVitest.includes(specifier));
  const imports = taken.map((specifier, i) => `import * as entry${i} from '${specifier}';`);
  const uses = `globalThis.entries = [${taken.map((_, i) => `entry${i}`).join(', ')}];`; // so that nothing is shaken out
  const example = readmeExample(join(project, 'node_modules/@downhill/training/README.md'));
  writeFileSync(join(project, 'main.js'), `${imports.join('\n')}\n${uses}\n${example}`);
  writeFileSync(join(project, 'as-worker.js'), asWorker);

  const printed = await phase(`${bundler}: a page of all entries for browsers`, async () =>
    run(project, 'node', '--import', './as-worker.js', await bundlers[bundler](project)),
  );
  learned(`@downhill/training: the README's example, built by ${bundler}`, printed);
}
