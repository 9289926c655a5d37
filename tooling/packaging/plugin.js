import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run as newPlugin } from '@downhill/new-plugin';
import { run } from './run.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const demo = join(root, 'apps/demo/dist/main.js');
const quick = ['--limit', '600', '--epochs', '1', '--no-report', '--no-tensorboard', '--no-log', '--no-meters', '--no-doctor'];

/**
 * Goes a contributor's way outside of the repository: writes a project for an optimizer, puts a rule into it that we do not have, types, tests and
 * builds it against the packed packages of `project`, and trains the main job with what was built. Returns what was printed of its weights.
 *
 * @param {string} project an empty project with our archives installed
 */
export async function plugin(project) {
  const folder = join(project, 'tiger');
  /** @type {string[]} */
  const said = [];
  const install = async () => {};
  const place = { root, from: project, install, say: (/** @type {string} */ line) => said.push(line) };
  if ((await newPlugin(['optimizer', 'tiger', '--standalone', 'tiger', '--from', '.'], place)) !== 0) throw new Error(said.join('\n'));
  cpSync(join(root, 'tooling/new-plugin/test/tiger'), join(folder, 'src'), { recursive: true });
  const bin = (/** @type {string} */ name, /** @type {string} */ file) =>
    fileURLToPath(new URL(file, import.meta.resolve(`${name}/package.json`)));
  // What it imports lies in the project above it; its tools are those of this workspace.
  await run(folder, 'node', bin('typescript', 'bin/tsc'), '--noEmit');
  await run(folder, 'node', bin('vitest', 'vitest.mjs'), 'run');
  await run(folder, 'node', bin('typescript', 'bin/tsc'), '-p', 'tsconfig.build.json');
  const trains = ['--plugin', './tiger', '--optimizer', 'tiger', '--optimizer-options', '{"beta":0.9}', '--out', 'tiger-run'];
  const printed = await run(project, 'env', `INIT_CWD=${project}`, 'node', demo, ...quick, ...trains);
  const hash = /^sha256 of the weights: ([0-9a-f]{64})$/m.exec(printed)?.[1];
  if (hash === undefined) throw new Error(`npm start with a plugin: a hash of the weights was expected, got ${printed}`);
  return hash;
}
