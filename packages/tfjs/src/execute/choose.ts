import { wasmMemory } from '@downhill/wasm-kernels/memory';
import { backend, getBackend } from '@tensorflow/tfjs-core';
import { isCpuBackend } from '../internals/cpu.ts';
import { cpuExecutor } from './cpu.ts';
import type { Executor } from './executor.ts';
import { opsExecutor } from './ops.ts';
import { wasmExecutor } from './wasm.ts';

/** How steps are run: `'fused'` where the backend has generated kernels and tfjs operations elsewhere, or always the latter. */
export type Execution = 'fused' | 'ops';

let warned = false;

function warnOnce(problem: string): void {
  if (!warned) console.warn(`Downhill: ${problem}, so that kernels run as tfjs operations: right, but many times slower.`);
  warned = true;
}

/**
 * An executor, or tfjs operations where a page forbids compiling: a policy without `wasm-unsafe-eval`, an engine without
 * SIMD, or an old Chromium that compiles only modules below 4 kB on the main thread.
 */
const whereAllowed = (executor: Executor): Executor => ({
  name: executor.name,
  prepare(programs) {
    try {
      return executor.prepare(programs);
    } catch (error) {
      if (!(error instanceof RangeError || error instanceof WebAssembly.CompileError)) throw error;
      warnOnce(`this page may not compile a kernel (${error.message})`);
      return opsExecutor.prepare(programs);
    }
  },
});

/** The executor for the active backend. */
export function chooseExecutor(execution: Execution): Executor {
  if (execution === 'ops') return opsExecutor;
  const active: unknown = backend();
  if (getBackend() === 'cpu' && isCpuBackend(active) && typeof WebAssembly === 'object') return whereAllowed(cpuExecutor);
  if (getBackend() !== 'wasm') return opsExecutor;
  const memory = wasmMemory(active);
  if (memory?.simd === true) return whereAllowed(wasmExecutor);
  warnOnce(memory === undefined ? "the wasm backend's memory is out of reach" : 'this engine has no 128-bit SIMD');
  return opsExecutor;
}
