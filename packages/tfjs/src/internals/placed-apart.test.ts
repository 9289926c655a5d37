import { wasmMemory } from '@downhill/wasm-kernels/memory';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { backend, dispose, fill, memory, setBackend, type Tensor } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { placedApart } from './placed-apart.ts';

/** With the heap's own few bytes a whole number of pages: one follows the other at nearly the same place of a page. */
const SIZE = (64 * 4096 - 16) / 4;

const places = (tensors: readonly Tensor[]): number[] => tensors.map(({ dataId }) => wasmMemory(backend())!.address(dataId) % 4096);

/** The smallest distance within a page between two of them. */
function closest(tensors: readonly Tensor[]): number {
  const found = places(tensors);
  const pairs = found.flatMap((a, i) => found.slice(i + 1).map((b) => Math.abs(a - b)));
  return Math.min(...pairs.map((between) => Math.min(between, 4096 - between)));
}

describe('placedApart', () => {
  test('keeps large tensors of the wasm backend away from each other’s place in a page', async () => {
    await setBackend('wasm');
    const plain = Array.from({ length: 5 }, () => fill([SIZE], 1));
    expect(closest(plain)).toBeLessThan(128);
    const apart: Tensor[] = [];
    for (let i = 0; i < 5; i++) apart.push(placedApart(() => fill([SIZE], i), apart));
    expect(closest(apart)).toBeGreaterThanOrEqual(128);
    apart.forEach((tensor, i) => expect(tensor.dataSync().every((value) => value === i)).toBe(true));
    dispose([...plain, ...apart]);
  });

  test.each(['cpu', 'wasm'])('leaves small tensors, and nothing behind, on %s', async (name) => {
    await setBackend(name);
    const before = memory().numTensors;
    const tensors: Tensor[] = [];
    for (let i = 0; i < 3; i++) tensors.push(placedApart(() => fill([8], i), tensors));
    expect(tensors.map((tensor) => tensor.dataSync()[0])).toEqual([0, 1, 2]);
    dispose(tensors);
    expect(memory().numTensors).toBe(before);
  });
});
