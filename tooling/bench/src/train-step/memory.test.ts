import { wasmMemory } from '@downhill/wasm-kernels/memory';
import { engine, findBackendFactory, registerBackend, removeBackend, setBackend, variableGrads } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { useBackend } from '../backend.ts';
import { convnet } from './cases/convnet.ts';
import { resnet20 } from './cases/resnet20.ts';
import { downhillTrainer } from './downhill.ts';
import { lossOf } from './trainer.ts';

/** A wasm backend that has allocated nothing yet; its memory grows and never shrinks. */
async function freshBackend(): Promise<void> {
  await useBackend('wasm');
  const factory = findBackendFactory('wasm');
  removeBackend('wasm');
  registerBackend('wasm', factory);
  await setBackend('wasm');
}

const memoryBytes = (): number => wasmMemory(engine().backend)?.memory.buffer.byteLength ?? Number.NaN;

test('a step of resnet20 takes at most 1.3 times the memory of tfjs’s forward pass with all that gradients must keep', async () => {
  const small = { ...resnet20, batch: 8 };
  await freshBackend();
  const loss = lossOf(small, small.build());
  let forwardBytes = 0;
  const step = (): unknown =>
    variableGrads(() => {
      const value = loss();
      forwardBytes = memoryBytes();
      return value;
    });
  expect(step).toThrow("Kernel 'Conv2DBackpropFilter' not registered for backend 'wasm'"); // the forward pass was tfjs's own
  await freshBackend();
  const trainer = await downhillTrainer(small);
  for (let count = 0; count < 3; count++) await trainer.step();
  expect(memoryBytes()).toBeLessThanOrEqual(1.3 * forwardBytes);
});

test('a thousand steps leave the memory where it was', async () => {
  await freshBackend();
  const trainer = await downhillTrainer({ ...convnet, batch: 2 });
  for (let count = 0; count < 20; count++) await trainer.step();
  const before = memoryBytes();
  for (let count = 0; count < 1000; count++) await trainer.step();
  expect(memoryBytes()).toBe(before);
});
