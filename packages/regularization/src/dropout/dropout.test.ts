import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { randomStream, streamKey } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { assert, double, integer, property } from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  alphaDropout,
  classicDropout,
  dropBlock,
  dropBlockGamma,
  dropConnect,
  dropConnectDense,
  dropout,
  gaussianDropout,
  gaussianNoise,
  linearDecay,
  rampUp,
  shakeShake,
  spatialDropout,
  stochasticDepth,
  type Randomness,
} from './index.ts';

const WAYS = [
  ['cpu', 'fused'],
  ['wasm', 'fused'],
  ['cpu', 'ops'],
  ['wasm', 'ops'],
] as const;

tf.enableProdMode();

const numbers = (tensor: tf.Tensor): number[] => [...tensor.dataSync()];

/** Normal numbers, the same in each test. */
function noise(shape: number[], key = 0): tf.Tensor {
  const { normalAt } = randomStream(streamKey(key, 'noise'));
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => normalAt(i)),
    shape,
  );
}

type Draw = (x: tf.Tensor, randomness: Randomness) => tf.Tensor;

/** Every function that draws and whose gradient is its derivative, on maps of a size that fits all. */
const FAMILY: Readonly<Record<string, Draw>> = {
  dropout: (x, randomness) => dropout(x, { rate: 0.4, ...randomness }),
  'dropout of a rate that sixteen bits do not tell': (x, randomness) => dropout(x, { rate: 0.003, ...randomness }),
  'dropout with shared noise': (x, randomness) => dropout(x, { rate: 0.4, noiseShape: [x.shape[0]!, 6, 1, 3], ...randomness }),
  classicDropout: (x, randomness) => classicDropout(x, { rate: 0.4, training: true, ...randomness }),
  spatialDropout: (x, randomness) => spatialDropout(x, { rate: 0.4, ...randomness }),
  alphaDropout: (x, randomness) => alphaDropout(x, { rate: 0.4, ...randomness }),
  gaussianDropout: (x, randomness) => gaussianDropout(x, { rate: 0.4, ...randomness }),
  gaussianNoise: (x, randomness) => gaussianNoise(x, { standardDeviation: 0.5, ...randomness }),
  dropConnect: (x, randomness) => dropConnect(x, { rate: 0.4, ...randomness }),
  dropBlock: (x, randomness) => dropBlock(x, { rate: 0.3, blockSize: 2, ...randomness }),
  'stochasticDepth by row': (x, randomness) => stochasticDepth(x, { rate: 0.4, ...randomness }),
  'stochasticDepth by batch': (x, randomness) => stochasticDepth(x, { rate: 0.4, mode: 'batch', ...randomness }),
};
const SHAPE = [2, 6, 5, 3];

describe.each(Object.entries(FAMILY))('%s', (_, draw) => {
  test('draws the same on every backend, in the forward and in the backward pass', async () => {
    const found: number[][] = [];
    for (const [backend, execution] of WAYS) {
      await tf.setBackend(backend);
      tf.tidy(() => {
        const [x, dy] = [noise(SHAPE), noise(SHAPE, 1)];
        const f = (input: tf.Tensor): tf.Tensor => draw(input, { seed: 5, execution });
        found.push([...numbers(f(x)), ...numbers(tf.grad(f)(x, dy))]);
      });
    }
    // dropBlock divides by a sum of ones; all else is one rounding after another in one order.
    for (const other of found.slice(1)) expect(other).toEqual(found[0]);
  });

  test('draws something else for another seed and another key', async () => {
    await tf.setBackend('cpu');
    tf.tidy(() => {
      const x = noise(SHAPE);
      const seeded = (randomness: Randomness): string => String(numbers(draw(tf.tile(x, [8, 1, 1, 1]), randomness)));
      const all = [{ seed: 1 }, { seed: 2 }, { key: streamKey(1, 'a', 0) }, { key: streamKey(1, 'a', 1) }].map(seeded);
      expect(new Set(all).size).toBeGreaterThan(1); // four coins for a whole batch do not all fall alike
      expect(seeded({ seed: 1 })).toBe(all[0]);
    });
  });

  test.each(['cpu', 'wasm'])('has the gradient of finite differences under one mask, on %s', async (backend) => {
    await tf.setBackend(backend);
    tf.tidy(() => {
      const [x, dy, direction] = [noise(SHAPE), noise(SHAPE, 1), noise(SHAPE, 2)];
      const f = (input: tf.Tensor): tf.Tensor => draw(input, { seed: 5 });
      const along = (step: number): number => tf.sum(tf.mul(dy, f(tf.add(x, tf.mul(direction, step))))).dataSync()[0]!;
      const slope = tf.sum(tf.mul(direction, tf.grad(f)(x, dy))).dataSync()[0]!;
      // The function is affine: the difference is exact but for float32's roundings, 180 products of size 1 with 24 bits.
      expect((along(1) - along(-1)) / 2).toBeCloseTo(slope, 3);
    });
  });

  test.each(WAYS)('leaves no tensor behind, on %s, %s', async (backend, execution) => {
    await tf.setBackend(backend);
    const x = noise(SHAPE);
    const before = tf.memory().numTensors;
    draw(x, { seed: 1, execution }).dispose();
    tf.grad((input: tf.Tensor) => draw(input, { seed: 1, execution }))(x).dispose();
    expect(() => draw(x, {})).toThrow('source of randomness');
    expect(tf.memory().numTensors).toBe(before);
    x.dispose();
  });

  test('refuses no randomness, and too much of it', () => {
    tf.tidy(() => {
      for (const randomness of [{}, { seed: 1, key: streamKey(1, 'a') }, { seed: 0.5 }])
        expect(() => draw(noise(SHAPE), randomness)).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
      expect(() => draw(tf.ones(SHAPE, 'int32'), { seed: 1 })).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
    });
  });
});

describe('dropout', () => {
  beforeAll(() => tf.setBackend('wasm').then(() => undefined));

  test('keeps the expected value: of two neurons over all masks exactly, as classic dropout does at test time', () => {
    tf.tidy(() => {
      const [rate, weights] = [0.25, tf.tensor2d([0.5, -2], [2, 1])];
      const x = tf.tensor2d([3, 4], [1, 2]);
      const masks = [0, 1, 2, 3].map((bits) => [bits & 1, bits >> 1]);
      /** Σ p(mask) · (what the next neuron gets under it). */
      const expected = (f: (mask: tf.Tensor) => tf.Tensor): number =>
        masks.reduce((sum, mask) => {
          const chance = mask.reduce((product, kept) => product * (kept === 1 ? 1 - rate : rate), 1);
          const next = tf.matMul(f(tf.tensor2d(mask, [1, 2])) as tf.Tensor2D, weights).dataSync()[0]!;
          return sum + chance * next;
        }, 0);
      const whole = 3 * 0.5 - 4 * 2;
      expect(expected((mask) => dropout(x, { rate, mask }))).toBeCloseTo(whole, 6); // inverted: scaled in training
      const training = expected((mask) => classicDropout(x, { rate, mask, training: true }));
      const atTest = tf.matMul(classicDropout(x, { rate, training: false }) as tf.Tensor2D, weights).dataSync()[0]!;
      expect(training).toBeCloseTo((1 - rate) * whole, 6); // classic: smaller in training,
      expect(atTest).toBeCloseTo(training, 6); // and scaled down at test time
    });
  });

  test('drops its rate, each element by a coin of its own', () => {
    assert(
      property(double({ min: 0, max: 0.999, noNaN: true }), integer({ min: 0, max: 2 ** 31 }), (rate, seed) => {
        tf.tidy(() => {
          const size = 40_000;
          const kept = tf.mean(tf.greater(dropout(tf.ones([size]), { rate, seed }), 0)).dataSync()[0]!;
          // Six standard errors, and what sixteen bits round.
          expect(Math.abs(kept - (1 - rate))).toBeLessThan(6 * Math.sqrt((rate * (1 - rate)) / size) + 2 ** -16);
        });
      }),
      { numRuns: 30 },
    );
  });

  test('keeps the draws of a rate when it grows: what was dropped stays so', () => {
    tf.tidy(() => {
      const kept = (rate: number): number[] => numbers(tf.greater(dropout(tf.ones([1000]), { rate, seed: 3 }), 0));
      const [few, many] = [kept(0.2), kept(0.6)];
      expect(few.every((value, i) => value >= many[i]!)).toBe(true);
    });
  });

  test('has x / (1 − rate) where it keeps, and 0, even of NaN and infinity, where it drops', () => {
    tf.tidy(() => {
      const x = tf.tensor1d([3, Number.NaN, Number.POSITIVE_INFINITY, -4]);
      const mask = tf.tensor1d([1, 0, 0, 1], 'bool');
      expect(numbers(dropout(x, { rate: 0.75, mask }))).toEqual([12, 0, 0, -16]);
    });
  });

  test('does nothing at rate 0', () => {
    tf.tidy(() => {
      expect(numbers(dropout(tf.tensor1d([1, -0.1]), { rate: 0, seed: 1 }))).toEqual([1, Math.fround(-0.1)]);
    });
  });

  test('can be differentiated twice', () => {
    tf.tidy(() => {
      const mask = tf.tensor1d([1, 0, 1]);
      const f = (x: tf.Tensor): tf.Tensor => tf.sum(tf.square(dropout(x, { rate: 0.5, mask })));
      const slope = tf.grad((x: tf.Tensor) => tf.sum(tf.grad(f)(x)));
      expect(numbers(slope(tf.tensor1d([1, 2, 3])))).toEqual([8, 0, 8]); // d²/dx² (2x)²
    });
  });

  test('keeps no mask between the passes: it is drawn again', () => {
    const x = tf.ones([1000]);
    let kept: number | undefined;
    const f = (input: tf.Tensor): tf.Tensor => {
      const before = tf.memory().numBytes;
      const y = dropout(input, { rate: 0.5, seed: 1 });
      kept = tf.memory().numBytes - before;
      return y;
    };
    const gradient = tf.grad(f)(x);
    expect(kept).toBe(4 * 1000); // y itself
    expect(numbers(gradient)).toEqual(tf.tidy(() => numbers(dropout(x, { rate: 0.5, seed: 1 }))));
    tf.dispose([x, gradient]);
  });

  test('of a mask that is made within the loss has a gradient all the same', () => {
    tf.tidy(() => {
      const f = (x: tf.Tensor): tf.Tensor => tf.tidy(() => dropout(x, { rate: 0.5, mask: tf.tensor1d([1, 0], 'int32') }));
      expect(numbers(tf.grad(f)(tf.tensor1d([1, 1])))).toEqual([2, 0]);
    });
  });

  test('drops whole channels, whole examples, or what the noise’s shape says', () => {
    tf.tidy(() => {
      const x = tf.ones([8, 4, 4, 6]);
      const channels = tf.mean(spatialDropout(x, { rate: 0.5, seed: 1 }), [1, 2]);
      expect(new Set(numbers(channels))).toEqual(new Set([0, 2]));
      const sequence = tf.mean(spatialDropout(tf.ones([8, 5, 6]), { rate: 0.5, seed: 1 }), 1);
      expect(new Set(numbers(sequence))).toEqual(new Set([0, 2]));
      const examples = tf.mean(stochasticDepth(x, { rate: 0.5, seed: 2 }), [1, 2, 3]);
      expect(new Set(numbers(examples))).toEqual(new Set([0, 2]));
      const batches = Array.from({ length: 20 }, (_, seed) => numbers(stochasticDepth(x, { rate: 0.5, seed, mode: 'batch' })));
      expect(batches.every((values) => new Set(values).size === 1)).toBe(true);
      expect(new Set(batches.flat())).toEqual(new Set([0, 2]));
    });
  });

  test.each([-0.1, 1, 1.5, Number.NaN, '0.5' as never])('refuses the rate %s, whichever function gets it', (rate) => {
    tf.tidy(() => {
      const x = tf.ones([2, 4, 4, 3]);
      const calls = [dropout, spatialDropout, alphaDropout, gaussianDropout, dropConnect, stochasticDepth].map(
        (f) => () => f(x, { rate, seed: 1 }),
      );
      calls.push(() => dropBlock(x, { rate, blockSize: 2, seed: 1 }));
      for (const training of [true, false]) calls.push(() => classicDropout(x, { rate, training, seed: 1 }));
      for (const call of calls)
        expect(call).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('`rate`') as string }));
    });
  });

  test.each([
    ['a mask of another shape', (x: tf.Tensor) => dropout(x, { rate: 0.5, mask: tf.ones([2, 1]) })],
    ['a noise shape that does not fit', (x: tf.Tensor) => dropout(x, { rate: 0.5, seed: 1, noiseShape: [2, 2] })],
    ['too few axes for spatial dropout', (x: tf.Tensor) => spatialDropout(x, { rate: 0.5, seed: 1 })],
    ['normal numbers of another shape', (x: tf.Tensor) => gaussianNoise(x, { standardDeviation: 1, normal: tf.ones([3]) })],
    ['seeds of another shape', () => dropBlock(tf.ones([1, 4, 4, 2]), { rate: 0.1, blockSize: 2, seedMask: tf.ones([1, 4, 4, 2]) })],
    ['no map', (x: tf.Tensor) => dropBlock(x, { rate: 0.1, blockSize: 2, seed: 1 })],
    ['branches of two shapes', (x: tf.Tensor) => shakeShake(x, tf.ones([3]), { training: false })],
    [
      'a share for each of another number of examples',
      (x: tf.Tensor) => shakeShake(x, x, { training: true, alpha: tf.ones([1, 1]), beta: tf.ones([2, 1]) }),
    ],
    ['a kernel that does not fit', (x: tf.Tensor) => dropConnectDense(x, { kernel: tf.ones([2, 2]), rate: 0.5, seed: 1 })],
  ] as const)('refuses %s', (_, call) => {
    tf.tidy(() => {
      expect(() => call(tf.ones([2, 3]))).toThrow(expect.objectContaining({ code: 'shape-mismatch' }));
    });
  });
});

describe('alphaDropout', () => {
  beforeAll(() => tf.setBackend('wasm').then(() => undefined));

  test('keeps mean 0 and variance 1', () => {
    tf.tidy(() => {
      const { mean, variance } = tf.moments(alphaDropout(noise([60_000]), { rate: 0.3, seed: 2 }));
      // Four standard errors of 60,000 numbers of variance 1 and a fourth moment of about 3.
      expect(Math.abs(mean.dataSync()[0]!)).toBeLessThan(4 / Math.sqrt(60_000));
      expect(Math.abs(variance.dataSync()[0]! - 1)).toBeLessThan((4 * Math.sqrt(2)) / Math.sqrt(60_000));
    });
  });
});

describe('gaussian dropout and noise', () => {
  beforeAll(() => tf.setBackend('wasm').then(() => undefined));

  test('have the mean and the variance that they say', () => {
    tf.tidy(() => {
      const size = 60_000;
      const moments = (x: tf.Tensor): number[] => Object.values(tf.moments(x)).map((value) => (value as tf.Tensor).dataSync()[0]!);
      const [mean, variance] = moments(gaussianDropout(tf.mul(tf.ones([size]), 2), { rate: 0.2, seed: 1 }));
      expect(Math.abs(mean! - 2)).toBeLessThan((4 * 1) / Math.sqrt(size));
      expect(Math.abs(variance! - 4 * 0.25)).toBeLessThan((4 * Math.sqrt(2)) / Math.sqrt(size));
      const [offset, noiseVariance] = moments(gaussianNoise(tf.zeros([size]), { standardDeviation: 3, seed: 1 }));
      expect(Math.abs(offset!)).toBeLessThan((4 * 3) / Math.sqrt(size));
      expect(Math.abs(noiseVariance! - 9)).toBeLessThan((4 * 9 * Math.sqrt(2)) / Math.sqrt(size));
    });
  });

  test('refuse a negative standard deviation', () => {
    tf.tidy(() => {
      expect(() => gaussianNoise(tf.ones([2]), { standardDeviation: -1, seed: 1 })).toThrow('`standardDeviation`');
    });
  });
});

describe('dropConnect', () => {
  beforeAll(() => tf.setBackend('wasm').then(() => undefined));

  test('drops the biases by a mask of their own when asked to', () => {
    tf.tidy(() => {
      const given = { kernel: tf.ones([1, 50]) as tf.Tensor2D, bias: tf.ones([50]) as tf.Tensor1D, rate: 0.5, key: streamKey(4, 'a') };
      const x = tf.ones([1, 1]);
      expect(new Set(numbers(dropConnectDense(x, given)))).toEqual(new Set([1, 3]));
      expect(new Set(numbers(dropConnectDense(x, { ...given, maskBias: true })))).toEqual(new Set([0, 2, 4]));
    });
  });
});

describe('dropBlock', () => {
  beforeAll(() => tf.setBackend('wasm').then(() => undefined));

  test('drops squares, and about its share of the map', () => {
    tf.tidy(() => {
      const y = dropBlock(tf.ones([64, 12, 12, 4]), { rate: 0.1, blockSize: 3, seed: 1 });
      const share = tf.mean(tf.equal(y, 0)).dataSync()[0]!;
      expect(share).toBeGreaterThan(0.07); // overlaps take a little away
      expect(share).toBeLessThan(0.11);
      const values = numbers(y);
      expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(1, 6); // what is left is scaled up
      const whole = dropBlock(tf.ones([1, 3, 3, 400]), { rate: 0.4, blockSize: 3, seed: 1 });
      const perMap = numbers(tf.mean(tf.greater(whole, 0), [0, 1, 2]));
      expect(new Set(perMap)).toEqual(new Set([0, 1])); // a block as large as the map takes all of it or nothing
    });
  });

  test('has the chance of the paper', () => {
    expect(dropBlockGamma({ rate: 0.1, blockSize: 7, height: 28, width: 28 })).toBeCloseTo((0.1 / 49) * (784 / 484), 12);
  });

  test.each([0, 1.5, 5])('refuses a block of %s on a map of 4 x 6', (blockSize) => {
    tf.tidy(() => {
      expect(() => dropBlock(tf.ones([1, 4, 6, 2]), { rate: 0.1, blockSize, seed: 1 })).toThrow(
        expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('4 x 6') as string }),
      );
    });
  });

  test('ramps up to its rate and stays there', () => {
    expect([0, 25, 100, 1000].map(rampUp({ to: 0.2, steps: 100 }).at)).toEqual([0, 0.05, 0.2, 0.2]);
    expect(() => rampUp({ to: 1, steps: 10 })).toThrow('`rate`');
    expect(() => rampUp({ to: 0.1, steps: 0 })).toThrow('`steps`');
  });
});

describe('linearDecay', () => {
  test.each([
    [{ layers: 0 }, '`layers`'],
    [{ layers: 2, lastSurvival: 0 }, '`lastSurvival`'],
    [{ layers: 2, lastSurvival: 1.1 }, '`lastSurvival`'],
    [{ layers: 2, convention: 'keras' as never }, '`convention`'],
  ])('refuses %o', (options, name) => {
    expect(() => linearDecay(options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(name) as string }),
    );
  });

  test('of one block is that of the convention', () => {
    const of = (convention: 'huang2016' | 'timm' | 'torchvisionEfficientNet'): number[] =>
      linearDecay({ layers: 1, lastSurvival: 0.5, convention });
    expect([of('huang2016'), of('timm'), of('torchvisionEfficientNet')]).toEqual([[0.5], [1], [1]]);
  });
});

describe.each(WAYS)('shakeShake on %s, %s', (backend, execution) => {
  beforeEach(() => tf.setBackend(backend).then(() => undefined));

  test('mixes by one share forward and by another, independent one backward', () => {
    tf.tidy(() => {
      const [ones, zeros] = [tf.ones([400, 2]), tf.zeros([400, 2])];
      const f = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => shakeShake(a, b, { training: true, seed: 1, execution });
      const alpha = f(ones, zeros); // α · 1 + (1 − α) · 0
      const [beta, rest] = tf.grads(f as never)([ones, zeros]) as [tf.Tensor, tf.Tensor];
      expect(numbers(tf.max(tf.abs(tf.sub(tf.add(beta, rest), 1))))[0]).toBeLessThan(1e-6);
      const rows = (x: tf.Tensor): number[] => numbers(tf.slice(x, [0, 0], [400, 1]));
      expect(rows(alpha)).toEqual(numbers(tf.slice(alpha, [0, 1], [400, 1]))); // one for each example
      const correlation = rows(alpha).reduce((sum, a, i) => sum + (a - 0.5) * (rows(beta)[i]! - 0.5) * 12, 0) / 400;
      expect(Math.abs(correlation)).toBeLessThan(4 / Math.sqrt(400));
      const whole = shakeShake(ones, zeros, { training: true, seed: 1, perImage: false, execution });
      expect(new Set(numbers(whole)).size).toBe(1);
    });
  });
});

describe('the lecture’s sparsity effect', () => {
  test('a net trained with dropout has a larger share of activations near zero', async () => {
    await tf.setBackend('cpu');
    /** An autoencoder of 32 hidden units on structured data; the share of its activations below a hundredth of their largest. */
    const shareNearZero = (rate: number): number =>
      tf.tidy(() => {
        const x = tf.relu(tf.matMul(noise([64, 4], 3) as tf.Tensor2D, noise([4, 12], 4) as tf.Tensor2D)) as tf.Tensor2D;
        const weights = [
          tf.variable(tf.mul(noise([12, 32], 5), 0.3)),
          tf.variable(tf.zeros([32])),
          tf.variable(tf.mul(noise([32, 12], 6), 0.2)),
        ] as [tf.Variable<tf.Rank.R2>, tf.Variable<tf.Rank.R1>, tf.Variable<tf.Rank.R2>];
        const [encode, bias, decode] = weights;
        const hidden = (): tf.Tensor2D => tf.relu(tf.add(tf.matMul(x, encode), bias));
        const adam = tf.train.adam(0.01);
        for (let step = 0; step < 400; step++)
          adam.minimize(
            () => {
              const kept = rate === 0 ? hidden() : dropout(hidden(), { rate, key: streamKey(1, 'sparsity', step) });
              return tf.mean(tf.square(tf.sub(tf.matMul(kept as tf.Tensor2D, decode), x)));
            },
            false,
            weights,
          );
        const activations = hidden();
        const near = tf.less(activations, tf.mul(tf.max(activations), 0.01));
        const share = tf.mean(near).dataSync()[0]!;
        adam.dispose();
        tf.dispose(weights);
        return share;
      });
    const [without, with50] = [shareNearZero(0), shareNearZero(0.5)];
    expect(with50).toBeGreaterThan(without + 0.05);
  });
});
