import { copyFileSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';

// tfjs's own files are CommonJS for Node.js, and its wasm backend looks for its binaries beside itself.
const banner = `import { createRequire as makeRequire } from 'node:module';
import { dirname as folderOf } from 'node:path';
import { fileURLToPath as pathOf } from 'node:url';
const require = makeRequire(import.meta.url), __filename = pathOf(import.meta.url), __dirname = folderOf(__filename);`;

/** Bundles a program of a project with all that it imports, for Node.js. @param {string} program @param {string} folder where it goes */
export async function bundle(program, folder) {
  const outfile = join(folder, basename(program));
  await build({
    entryPoints: [program],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    banner: { js: banner },
    logLevel: 'warning',
  });
  const tfjs = realpathSync(join(dirname(program), 'node_modules/@tensorflow/tfjs-backend-wasm/dist'));
  for (const name of readdirSync(tfjs).filter((file) => file.endsWith('.wasm'))) copyFileSync(join(tfjs, name), join(folder, name));
  return outfile;
}
