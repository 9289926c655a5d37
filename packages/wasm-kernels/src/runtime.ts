import { DownhillError } from '@downhill/core';
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { linkKernels, linkKernelsNow, type KernelModules, type NativeKernels } from './native.ts';
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

/** Makes the runtime of a backend that is ready. @throws DownhillError `unsupported` where the backend's memory is out of reach. */
export async function prepareRuntime(backend: KernelBackend, modules: KernelModules): Promise<void> {
  if (runtimes.has(backend)) return;
  const memory = reach(backend);
  const native = await linkKernels(modules, memory);
  if (!runtimes.has(backend)) runtimes.set(backend, { backend, memory, native, scratch: scratchIn(memory) });
}

/** The runtime of a backend, made now if it was not ready before. @throws DownhillError as {@link prepareRuntime} does. */
export function runtimeOf(backend: KernelBackend, modules: KernelModules): Runtime {
  const known = runtimes.get(backend);
  if (known !== undefined) return known;
  const memory = reach(backend);
  const runtime = { backend, memory, native: linkKernelsNow(modules, memory), scratch: scratchIn(memory) };
  runtimes.set(backend, runtime);
  return runtime;
}

function reach(backend: KernelBackend): WasmMemory {
  const memory = wasmMemory(backend);
  if (memory === undefined) throw outOfReach();
  return memory;
}

function outOfReach(): DownhillError {
  return new DownhillError({
    code: 'unsupported',
    source: 'registerWasmTrainingKernels',
    problem: "the memory of this version of tfjs's wasm backend is out of reach",
    advice: 'Use @tensorflow/tfjs-backend-wasm 4.22.',
  });
}
