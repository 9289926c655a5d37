import { DownhillError } from '@downhill/core';
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { linkKernels, type KernelModules, type NativeKernels } from './native.ts';
import { wasmMemory, type WasmMemory } from './memory.ts';
import { scratchIn, type Scratch } from './scratch.ts';

/** What a kernel works with: the backend's memory, the native kernels linked to it, and scratch in it. */
export interface Runtime {
  readonly backend: KernelBackend;
  readonly memory: WasmMemory;
  readonly native: NativeKernels;
  readonly scratch: Scratch;
}

const runtimes = new WeakMap<object, Runtime>();

/** The runtime of a backend, made at its first use. @throws DownhillError `unsupported` where the backend's memory is out of reach. */
export function runtimeOf(backend: KernelBackend, modules: KernelModules): Runtime {
  const known = runtimes.get(backend);
  if (known !== undefined) return known;
  const memory = wasmMemory(backend);
  if (memory === undefined) throw outOfReach();
  const runtime = { backend, memory, native: linkKernels(modules, memory), scratch: scratchIn(memory) };
  runtimes.set(backend, runtime);
  return runtime;
}

function outOfReach(): DownhillError {
  return new DownhillError({
    code: 'unsupported',
    source: 'registerWasmTrainingKernels',
    problem: "the memory of this version of tfjs's wasm backend is out of reach",
    advice: 'Use @tensorflow/tfjs-backend-wasm 4.22.',
  });
}
