import { testTransform } from '@downhill/conformance';
import { kernelsOnly } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { about, walk, walkOne } from '../test/walk.ts';
import { lion, scaleByLion } from './lion.ts';

testTransform('lion', () => lion({ learningRate: 0.1, weightDecay: 0.1 }), { factories: { lion } });
testTransform('scaleByLion', () => scaleByLion({ beta1: 0, beta2: 0 }), { factories: { scaleByLion } });

describe('lion', () => {
  test('moves each weight by the learning rate, whatever the size of its gradient', async () => {
    const [after] = await walk(lion({ learningRate: 0.1 }), { w: [1, 1, 1, 1] }, [{ w: [1e-6, -3, 1e6, 0] }]);
    expect(after).toEqual({ w: [0.9, 1.1, 0.9, 1].map(about) });
  });

  test('goes by a blend of gradient and momentum, and keeps another', async () => {
    // Blends 0.5 · 4; 0.5 · 1 − 0.5 · 2 < 0 of m = 1; 0.5 · 0.25 − 0 > 0 of m = 0.75 − 0.5.
    const rule = lion({ learningRate: 0.1, beta1: 0.5, beta2: 0.75 });
    expect(await walkOne(rule, 0, [4, -2, 0])).toEqual([-0.1, 0, -0.1].map(about));
  });

  test('takes the decay from the weights that a mask takes', async () => {
    const rule = lion({ learningRate: 0.1, weightDecay: 0.5, decayMask: kernelsOnly });
    const [after] = await walk(rule, { kernel: [[1]], bias: [1] }, [{ kernel: [[1]], bias: [1] }]);
    expect(after).toEqual({ kernel: [about(1 - 0.1 * 1.5)], bias: [about(0.9)] });
  });

  test.each([
    [{ beta1: 1 }, 'scaleByLion: `beta1` must be a finite number, at least 0 and below 1, got 1'],
    [{ beta2: -1 }, 'scaleByLion: `beta2` must be a finite number, at least 0 and below 1, got -1'],
    [{ weightDecay: -1 }, 'lion: `weightDecay` must be a finite number, at least 0, got -1'],
  ])('refuses %o', (options, message) => {
    expect(() => lion(options)).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }));
  });
});
