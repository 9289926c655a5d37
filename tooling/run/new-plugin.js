// npm run new:plugin -- KIND NAME [OPTIONS]: writes a package for a new plugin.
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pnpm } from './lib/pnpm.js';
import { prepare } from './lib/prepare.js';
import { phase, say } from './lib/progress.js';
import { root } from './lib/root.js';

await prepare('npm run new:plugin', '@downhill/new-plugin');
const { run } = await import(pathToFileURL(join(root, 'tooling/new-plugin/dist/index.js')).href);
process.exitCode = await run(process.argv.slice(2), {
  root,
  from: process.env.INIT_CWD ?? root,
  install: (/** @type {string} */ folder) =>
    phase('install packages', async (onLine) => {
      await pnpm(['install', '--no-frozen-lockfile', '--prefer-offline', '--reporter=append-only'], { onLine });
      await pnpm(['exec', 'oxfmt', relative(root, folder)], { onLine });
    }),
  say,
});
