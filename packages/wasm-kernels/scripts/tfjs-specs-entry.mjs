/**
 * Runs tfjs-core's own specs on the wasm backend and writes what failed; `tfjs-specs.mjs` bundles and starts it.
 *
 *     node entry.cjs stock|ours RESULT_FILE
 */
import { writeFileSync } from 'node:fs';
import { setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import { setTestEnvs } from '@tensorflow/tfjs-core/dist/jasmine_util';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import jasmineCore from 'jasmine-core';
import { registerWasmTrainingKernels } from '../src/register.ts';

const [kernels, resultFile] = process.argv.slice(2);

async function run() {
  const { jasmine, ...globals } = jasmineCore.noGlobals();
  Object.assign(globalThis, globals, { jasmine });
  setWasmPaths(process.env.TFJS_WASM_FOLDER);
  await setBackend('wasm');
  if (kernels === 'ours') await registerWasmTrainingKernels();
  setTestEnvs([{ name: 'wasm', backendName: 'wasm', flags: {}, isDataSync: true }]);
  await import('@tensorflow/tfjs-core/dist/tests');

  const results = { passed: [], failed: {} };
  const environment = jasmine.getEnv();
  environment.configure({ random: false });
  environment.addReporter({
    specDone({ status, fullName, failedExpectations: [first] }) {
      if (status === 'passed') results.passed.push(fullName);
      if (status === 'failed') results.failed[fullName] = first?.message.slice(0, 200) ?? '';
    },
  });
  await environment.execute();
  writeFileSync(resultFile, JSON.stringify(results));
  process.exit(0); // specs leave timers behind
}

void run();
