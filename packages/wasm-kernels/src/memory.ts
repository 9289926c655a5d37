import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';
import { outOfMemory, sizeOf, stringTensor, type BackendParts, type EmscriptenModule } from './backend-parts.ts';
import type { HeldData } from './held-data.ts';

/** The linear memory of tfjs's wasm backend. It can grow at any allocation: take views of `memory.buffer` afresh after one. */
export interface WasmMemory {
  readonly memory: WebAssembly.Memory;
  /** Whether the memory is shared between threads (tfjs's threaded build, on cross-origin-isolated pages). */
  readonly shared: boolean;
  /** Whether this engine runs 128-bit SIMD. */
  readonly simd: boolean;
  /** Takes `bytes` from the backend's own heap. @throws DownhillError `unsupported` when the heap cannot grow that far. */
  readonly allocate: (bytes: number) => number;
  /** Gives back what {@link WasmMemory.allocate} took; an address that it never gave is left alone. */
  readonly free: (address: number) => void;
  /** The byte address of a tensor's data, valid until the tensor is disposed of. @throws DownhillError `unsupported` for string tensors. */
  readonly address: (dataId: object) => number;
  /**
   * Tells the backend that a tensor's data was written in place. XNNPACK keeps packed copies of weights by tensor, and
   * without a word goes on multiplying by the old ones.
   */
  readonly changed: (dataId: object) => void;
  /** A tensor of the backend whose values are not set. */
  readonly uninitialized: (shape: readonly number[], dtype: DataType) => TensorInfo;
  /** What is still to be computed (see `deferral.ts`). */
  readonly pending: Set<HeldData>;
  /** Computes all deferred tensors: to be called before a tensor is written in place, since their values may depend on it. */
  readonly settle: () => void;
}

/** A module whose only function needs SIMD: it splats a zero and counts its bits. */
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

const ALIGNMENT = 16;
const ADDRESS_SPACE = 2 ** 32;
const GROWTH_STEP = 2 ** 16;

const known = new WeakMap<object, WasmMemory>();

/**
 * Reaches into the memory of tfjs's wasm backend (`@tensorflow/tfjs-backend-wasm` 4.22), single-threaded or threaded.
 *
 * @param backend What `tf.backend()` or `tf.findBackend('wasm')` gives.
 * @returns Always the same object for a backend; `undefined` where `backend` is no wasm backend or its memory is out of reach.
 */
export function wasmMemory(backend: unknown): WasmMemory | undefined {
  if (!isObject(backend)) return undefined;
  const cached = known.get(backend);
  if (cached !== undefined) return cached;
  const memory = hasParts(backend) ? memoryOf(backend.wasm) : undefined;
  if (memory === undefined || !hasParts(backend)) return undefined;
  const reached = reach(backend, memory);
  known.set(backend, reached);
  return reached;
}

function reach(backend: BackendParts, memory: WebAssembly.Memory): WasmMemory {
  const { _malloc: malloc, _free: release, tfjs } = backend.wasm;
  const pending = new Set<HeldData>();
  const blocks = new Map<number, number>(); // aligned address → what malloc gave
  return {
    memory,
    shared: Object.prototype.toString.call(memory.buffer) === '[object SharedArrayBuffer]',
    simd: WebAssembly.validate(SIMD_PROBE),
    allocate(bytes) {
      const size = memory.buffer.byteLength;
      if (bytes > size && bytes + size > ADDRESS_SPACE - GROWTH_STEP) throw outOfMemory(bytes); // malloc's own sum would wrap around and "succeed"
      const block = malloc(bytes + ALIGNMENT) >>> 0; // malloc's result is signed above 2 GiB
      if (block === 0) throw outOfMemory(bytes);
      const address = Math.ceil(block / ALIGNMENT) * ALIGNMENT;
      blocks.set(address, block);
      return address;
    },
    free(address) {
      const block = blocks.get(address);
      if (block === undefined) return;
      blocks.delete(address);
      release(block);
    },
    address(dataId) {
      const offset = backend.getMemoryOffset(dataId);
      if (offset === null) throw stringTensor();
      return offset >>> 0;
    },
    changed(dataId) {
      const data = backend.dataIdMap.get(dataId);
      if (data === undefined || data.memoryOffset === null) return;
      tfjs.disposeData(data.id); // drops what is cached under the id; the memory itself is the JavaScript side's
      tfjs.registerTensor(data.id, sizeOf(data.shape), data.memoryOffset);
    },
    uninitialized: (shape, dtype) => backend.makeOutput([...shape], dtype),
    pending,
    settle() {
      for (const data of pending) if (data.visible) data.address();
    },
  };
}

function memoryOf({ wasmMemory: threaded, asm }: EmscriptenModule): WebAssembly.Memory | undefined {
  return [threaded, asm?.memory].find((candidate) => candidate instanceof WebAssembly.Memory);
}

function hasParts(backend: object): backend is BackendParts {
  const { wasm, dataIdMap, getMemoryOffset, makeOutput }: Partial<BackendParts> = backend;
  const { _malloc: malloc, _free: release, tfjs }: Partial<EmscriptenModule> = wasm ?? {};
  const parts = [malloc, release, tfjs?.registerTensor, tfjs?.disposeData, dataIdMap?.get, getMemoryOffset, makeOutput];
  return parts.every((part) => typeof part === 'function');
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
