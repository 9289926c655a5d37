import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers'; // registers tfjs's gradients
import { enableProdMode, memory, setBackend } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';

/** The same tests on every backend that Node has; each must leave as many tensors as it found. */
export function onEachBackend(name: string, tests: (backend: string) => void): void {
  describe.each(['cpu', 'wasm'])(`${name} (%s)`, (backend) => {
    let before = 0;
    beforeAll(async () => {
      enableProdMode();
      await setBackend(backend);
    });
    beforeEach(() => {
      before = memory().numTensors;
    });
    afterEach(() => expect(memory().numTensors).toBe(before));
    tests(backend);
  });
}
