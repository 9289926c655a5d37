import { testTransform } from '@downhill/conformance';
import { kernelsOnly, type Mask } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { about, walk, type Weights } from '../test/walk.ts';
import { lamb, type LambOptions } from './lamb.ts';

testTransform('lamb', () => lamb({ learningRate: 0.1, decayMask: kernelsOnly, alwaysAdapt: true }), { factories: { lamb } });
testTransform(
  'lamb',
  () => lamb({ learningRate: 0.1, decoupledDecay: true, trustClip: true, gradAveraging: false, biasCorrection: false, maxGradNorm: 1 }),
  { factories: { lamb } },
);

/** From a length of 5, a first step of Adam: (1, 1), the root of its length 2. */
const step = async (options: LambOptions, gradient: readonly number[] = [7, 0.1]): Promise<Weights | undefined> =>
  (await walk(lamb({ learningRate: 0.1, epsilon: 0, weightDecay: 0, ...options }), { w: [3, 4] }, [{ w: [...gradient] }]))[0];

describe('lamb', () => {
  test('takes a step that is as long as the learning rate’s share of the weights', async () => {
    const length = 0.5 / Math.SQRT2;
    expect(await step({ alwaysAdapt: true })).toEqual({ w: [3 - length, 4 - length].map(about) });
  });

  test('measures the update with its decay', async () => {
    const [x, y] = [1 + 0.5 * 3, 1 + 0.5 * 4];
    const ratio = 5 / Math.hypot(x, y);
    expect(await step({ weightDecay: 0.5 })).toEqual({ w: [3 - 0.1 * ratio * x, 4 - 0.1 * ratio * y].map(about) });
  });

  test('measures the weights after a decoupled decay and the update without it', async () => {
    const length = (0.1 * 5 * (1 - 0.1 * 0.5)) / Math.SQRT2;
    const left = 1 - 0.1 * 0.5;
    expect(await step({ weightDecay: 0.5, decoupledDecay: true })).toEqual({ w: [3 * left - length, 4 * left - length].map(about) });
  });

  test('is Adam for weights that do not decay', async () => {
    expect(await step({})).toEqual({ w: [2.9, 3.9].map(about) });
  });

  test.each<[string, Mask]>([
    ['data', { names: ['kernel'] }],
    ['a function', ({ name }) => name === 'kernel'],
  ])('scales only the weights that a mask of %s takes, or all', async (_, decayMask) => {
    const from = { kernel: [3, 4], bias: [3, 4] };
    const gradients = [{ kernel: [1, 1], bias: [1, 1] }];
    const rule = { learningRate: 0.1, epsilon: 0, weightDecay: 1e-9, decayMask };
    const length = 0.5 / Math.SQRT2;
    const scaled = [3 - length, 4 - length].map(about);
    expect(await walk(lamb(rule), from, gradients)).toEqual([{ kernel: scaled, bias: [2.9, 3.9].map(about) }]);
    expect(await walk(lamb({ ...rule, alwaysAdapt: true }), from, gradients)).toEqual([{ kernel: scaled, bias: scaled }]);
  });

  test('can hold the ratio at 1', async () => {
    expect(await step({ alwaysAdapt: true, trustClip: true })).toEqual({ w: [2.9, 3.9].map(about) });
  });

  test('goes by the update alone where the weights are 0, and stays where the update is', async () => {
    const rule = lamb({ learningRate: 0.1, epsilon: 1e-8, alwaysAdapt: true });
    expect(await walk(rule, { w: [0, 0], v: [3, 4] }, [{ w: [1, -1], v: [0, 0] }])).toEqual([
      { w: [-0.1, 0.1].map(about), v: [3 - 0.1 * 3, 4 - 0.1 * 4].map(about) },
    ]);
    expect(await step({ alwaysAdapt: true, epsilon: 1e-8 }, [0, 0])).toEqual({ w: [3, 4] });
  });

  test('shortens all gradients together where asked to', async () => {
    // (3, 4) becomes (0.6, 0.8): 0.6 / (0.6 + 1), 0.8 / (0.8 + 1).
    expect(await step({ maxGradNorm: 1, epsilon: 1 }, [3, 4])).toEqual({ w: [3 - 0.1 * 0.375, 4 - 0.1 * (0.8 / 1.8)].map(about) });
  });

  test('without averaging has a first moment that is 1 / (1 − β₁) times as large', async () => {
    expect(await step({ gradAveraging: false, beta1: 0.75 })).toEqual({ w: [2.6, 3.6].map(about) });
  });

  test('without bias correction starts with what the moments are', async () => {
    // (0.5 g) / √(0.25 g²).
    expect(await step({ biasCorrection: false, beta1: 0.75, beta2: 0.75 })).toEqual({ w: [2.95, 3.95].map(about) });
  });

  test.each([
    [{ beta1: 1 }, '`beta1` must be a finite number, at least 0 and below 1, got 1'],
    [{ epsilon: -1 }, '`epsilon` must be a finite number, at least 0, got -1'],
    [{ weightDecay: -1 }, 'lamb: `weightDecay` must be a finite number, at least 0, got -1'],
    [{ maxGradNorm: 0 }, 'lamb: `maxGradNorm` must be a finite number, above 0, got 0'],
    [{ decayMask: 'all' as never }, 'lamb: a mask must be an object'],
  ])('refuses %o', (options, message) => {
    expect(() => lamb(options)).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }));
  });
});
