import { testTransform } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { about, applyTo, training, walk } from '../test/walk.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import { clipByNorm } from './clip-by-norm.ts';

// With weights of 0 and no learning rate the weights are the clipped gradients, negated.
const zeros = { a: [0, 0], b: [[0]] };

test('clipByNorm shortens the gradient of each tensor on its own', async () => {
  const [after] = await walk(clipByNorm(3), zeros, [{ a: [-3, -4], b: [[-2]] }]);
  expect(after).toEqual({ a: [1.8, 2.4].map(about), b: [2] });
});

test('clipByGlobalNorm shortens all gradients together and keeps their direction', async () => {
  const [after] = await walk(clipByGlobalNorm(1), zeros, [{ a: [-3, 0], b: [[-4]] }]);
  expect(after).toEqual({ a: [0.6, 0].map(about), b: [about(0.8)] });
});

describe.each([
  { name: 'clipByNorm', clip: clipByNorm, norms: [3, 4] },
  { name: 'clipByGlobalNorm', clip: clipByGlobalNorm, norms: [5, 5] },
])('$name', ({ name, clip, norms }) => {
  testTransform(name, () => clip(0.5), { factories: { [name]: clip } });
  testTransform(name, () => clip(100, { epsilon: 1e-6 }), { factories: { [name]: clip } });

  test('leaves shorter gradients as they are, to the last bit', async () => {
    const [after] = await walk(clip(6), zeros, [{ a: [-0.1, 0], b: [[-0.7]] }]);
    expect(after).toEqual({ a: [0.1, 0].map(Math.fround), b: [Math.fround(0.7)] });
  });

  test('passes gradients of 0', async () => {
    expect(await walk(clip(1), zeros, [{ a: [0, 0], b: [[0]] }])).toEqual([{ a: [0, 0], b: [0] }]);
  });

  test('takes the norm without overflow', async () => {
    const [after] = await walk(clip(1), { a: [0, 0] }, [{ a: [-3e30, -4e30] }]);
    expect(after).toEqual({ a: [0.6, 0.8].map(about) });
  });

  test('adds epsilon to the norm, as PyTorch does', async () => {
    const [after] = await walk(clip(1, { epsilon: 5 }), { a: [0, 0] }, [{ a: [-3, -4] }]);
    expect(after).toEqual({ a: [0.3, 0.4].map(about) });
  });

  test('tells the norm as it was before', async () => {
    await training(clip(1), zeros, async (ours) => {
      applyTo(ours, { a: [3, 0], b: [[4]] });
      const { a, b } = await ours.statistics();
      expect([a, b].map((each) => each?.[`${name}/gradientNorm`])).toEqual(norms.map(about));
    });
  });

  test.each([
    [0, undefined, '`maxNorm` must be a finite number, above 0, got 0'],
    [-1, undefined, '`maxNorm` must be a finite number, above 0, got -1'],
    [Number.NaN, undefined, '`maxNorm` must be a finite number, above 0, got NaN'],
    [{ maxNorm: 1 } as never, undefined, '`maxNorm` must be a number or a schedule, got {"maxNorm":1}'],
    [1, { epsilon: -1 }, '`epsilon` must be a finite number, at least 0, got -1'],
    [1, 1e-6 as never, 'takes an object with some of epsilon, got 0.000001'],
  ])('refuses %o, %o', (maxNorm, options, message) => {
    expect(() => clip(maxNorm, options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(`${name}: ${message}`) }),
    );
  });
});
