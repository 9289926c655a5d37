import { DownhillError } from '@downhill/core';
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { linkKernels, linkKernelsNow, type KernelModules, type NativeKernels } from './native.ts';
import { deferralIn, type Deferral } from './deferral.ts';
import type { BackendParts } from './backend-parts.ts';
import { wasmMemory, type WasmMemory } from './memory.ts';
import { scratchIn, type Scratch } from './scratch.ts';

/** What a kernel works with: the backend's memory, the native kernels linked to it, and scratch in it. */
export interface Runtime {
  readonly backend: KernelBackend;
  readonly memory: WasmMemory & Deferral;
  readonly native: NativeKernels;
  readonly scratch: Scratch;
}

const runtimes = new WeakMap<object, Runtime>();

/** Makes the runtime of a backend that is ready. @throws DownhillError `unsupported` where the backend's memory is out of reach. */
export async function prepareRuntime(backend: KernelBackend, modules: KernelModules): Promise<void> {
  if (runtimes.has(backend)) return;
  const native = await linkKernels(modules, reach(backend));
  if (!runtimes.has(backend)) runtimes.set(backend, runtimeWith(backend, native));
}

/** The runtime of a backend, made now if it was not ready before. @throws DownhillError as {@link prepareRuntime} does. */
export function runtimeOf(backend: KernelBackend, modules: KernelModules): Runtime {
  const known = runtimes.get(backend);
  if (known !== undefined) return known;
  const runtime = runtimeWith(backend, linkKernelsNow(modules, reach(backend)));
  runtimes.set(backend, runtime);
  return runtime;
}

function runtimeWith(backend: KernelBackend, native: NativeKernels): Runtime {
  const memory = reach(backend);
  return { backend, memory: { ...memory, ...deferralIn(backend as unknown as BackendParts, memory) }, native, scratch: scratchIn(memory) };
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
