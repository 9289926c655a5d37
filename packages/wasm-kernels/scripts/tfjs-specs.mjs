/**
 * Runs the specs that tfjs-core ships, on its wasm backend alone and with our kernels, and compares.
 *
 *     node scripts/tfjs-specs.mjs [--json]
 *
 * Exits with 1 when a spec that passed fails with our kernels, or when a gradient or optimizer spec lacks a kernel.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, defaultServerConditions } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = `${root}node_modules/.cache/tfjs-specs`;
const ABOUT_TRAINING = /gradient|optimizer/i;
const NO_KERNEL = /Kernel '(\w+)' not registered/;

await bundle();
const stock = runSpecs('stock');
const ours = runSpecs('ours');
const report = compare(stock, ours);
console.log(process.argv.includes('--json') ? JSON.stringify(report) : text(report));
process.exitCode = report.broken.length > 0 || report.training.lacking.length > 0 ? 1 : 0;

/** All of tfjs from its ES modules, so that specs, backend and kernels share one copy. */
async function bundle() {
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    resolve: { conditions: ['@downhill/source', ...defaultServerConditions], mainFields: ['module', 'main'] },
    ssr: { noExternal: true, resolve: { conditions: ['@downhill/source', ...defaultServerConditions] } },
    build: {
      ssr: `${root}scripts/tfjs-specs-entry.mjs`,
      outDir: folder,
      minify: false,
      rolldownOptions: {
        treeshake: false,
        external: [/^jasmine-core/],
        output: { format: 'cjs', entryFileNames: 'entry.cjs', codeSplitting: false },
      },
    },
  });
}

function runSpecs(kernels) {
  const resultFile = `${folder}/${kernels}.json`;
  mkdirSync(folder, { recursive: true });
  const wasm = `${realpathSync(`${root}node_modules/@tensorflow/tfjs-backend-wasm`)}/wasm-out/`;
  execFileSync(process.execPath, [`${folder}/entry.cjs`, kernels, resultFile], {
    stdio: 'ignore',
    env: { ...process.env, TFJS_WASM_FOLDER: wasm },
  });
  return JSON.parse(readFileSync(resultFile, 'utf8'));
}

function compare(before, after) {
  const passed = new Set(before.passed);
  const training = [...after.passed, ...Object.keys(after.failed)].filter((name) => ABOUT_TRAINING.test(name));
  const failing = (results) => Object.keys(results.failed).filter((name) => ABOUT_TRAINING.test(name));
  return {
    specs: after.passed.length + Object.keys(after.failed).length,
    broken: Object.keys(after.failed).filter((name) => passed.has(name)),
    mended: after.passed.filter((name) => !passed.has(name)).length,
    training: {
      specs: training.length,
      failedAlone: failing(before).length,
      failed: failing(after),
      lacking: failing(after).filter((name) => NO_KERNEL.test(after.failed[name])),
    },
  };
}

function text({ specs, broken, mended, training }) {
  return [
    `${specs} specs: ${mended} pass only with our kernels, ${broken.length} fail only with them`,
    ...broken.map((name) => `  fails: ${name}`),
    `${training.specs} about gradients and optimizers: ${training.failedAlone} fail with tfjs alone, ${training.failed.length} with our kernels`,
    `${training.lacking.length} of these for a missing kernel`,
    ...training.failed.map((name) => `  fails as before: ${name}`),
  ].join('\n');
}
