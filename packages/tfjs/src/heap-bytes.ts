import { wasmMemory } from '@downhill/wasm-kernels/memory';
import { backend } from '@tensorflow/tfjs-core';

/** The bytes of the heap that the active backend computes in: WASM memory, which grows and never shrinks. `undefined` for backends without one. */
export function heapBytes(): number | undefined {
  return wasmMemory(backend())?.memory.buffer.byteLength;
}
