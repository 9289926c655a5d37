import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-layers'; // registers tfjs's gradients
import { enableProdMode, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe } from 'vitest';

/** The same tests on every backend that Node has. */
export function onEachBackend(name: string, tests: (backend: string) => void): void {
  describe.each(['cpu', 'wasm'])(`${name} (%s)`, (backend) => {
    beforeAll(async () => {
      enableProdMode();
      await setBackend(backend);
    });
    tests(backend);
  });
}
