import { testTransform } from '@downhill/conformance';
import { kernelsOnly } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { about, walk, walkOne } from '../test/walk.ts';
import { sgdw } from './sgdw.ts';

testTransform('sgdw', () => sgdw({ learningRate: 0.1, momentum: 0.9, nesterov: true }), { factories: { sgdw } });

describe('sgdw', () => {
  test('keeps the decay out of the velocity', async () => {
    // Without gradients the velocity stays 0, and the weight shrinks by η λ.
    expect(await walkOne(sgdw({ learningRate: 0.1, momentum: 0.5, weightDecay: 0.5 }), 1, [0, 0])).toEqual([0.95, 0.9025].map(about));
  });

  test('adds the velocity and the decay', async () => {
    // 1 − 0.1 (1 + 0.5); then velocity 0.5, decay 0.5 · 0.85.
    const way = await walkOne(sgdw({ learningRate: 0.1, momentum: 0.5, weightDecay: 0.5 }), 1, [1, 0]);
    expect(way).toEqual([0.85, 0.85 - 0.1 * (0.5 + 0.425)].map(about));
  });

  test('leaves biases alone where a mask says so', async () => {
    const [after] = await walk(sgdw({ learningRate: 0.1, weightDecay: 0.5, decayMask: kernelsOnly }), { kernel: [[1]], bias: [1] }, [
      { kernel: [[0]], bias: [0] },
    ]);
    expect(after).toEqual({ kernel: [about(0.95)], bias: [1] });
  });

  test.each([
    [{ nesterov: true }, 'sgdw: `nesterov` takes a `momentum` above 0, got 0. Pass momentum: 0.9.'],
    [{ weightDecay: Infinity }, 'sgdw: `weightDecay` must be a finite number, at least 0, got Infinity'],
  ])('refuses %o', (options, message) => {
    expect(() => sgdw(options)).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }));
  });
});
