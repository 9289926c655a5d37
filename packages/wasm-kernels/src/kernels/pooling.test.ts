import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { convolutions } from '../../test/arbitrary.ts';
import { difference, on } from '../../test/backends.ts';
import { both, stockKernels, type StockKernels } from '../../test/stock.ts';
import { sumOf, tensor4d } from '../../test/tensors.ts';
import { registerWasmTrainingKernels } from '../register.ts';

const RUNS = { numRuns: 40 };

describe('poolings', () => {
  let stock: StockKernels;

  beforeAll(async () => {
    await tf.setBackend('wasm');
    stock = stockKernels('AvgPoolGrad', 'MaxPoolGrad');
    await registerWasmTrainingKernels();
  });

  const poolings = convolutions({ channels: 9, outChannels: 1, dilated: false }).filter(
    ({ pad, filter }) => pad === 'same' || pad === 'valid' || (typeof pad === 'number' && pad < Math.min(filter[0], filter[1])),
  );

  test('depthwise convolutions and poolings of any number of channels agree with the cpu backend', async () => {
    await fc.assert(
      fc.asyncProperty(
        poolings.chain((pooling) => fc.integer({ min: 6, max: 21 }).map((channels) => ({ ...pooling, channels }))),
        async (call) => {
          const {
            x,
            filter: [height, width],
            strides,
            pad,
            seed,
            channels,
          } = call;
          const image = (): tf.Tensor4D => tensor4d([x[0], x[1], x[2], channels], seed);
          const run = (): tf.Tensor[] => [
            tf.depthwiseConv2d(image(), tensor4d([height, width, channels, 1], seed + 1), strides, pad as 'same'),
            tf.maxPool(image(), [height, width], strides, pad as 'same'),
            tf.avgPool(image(), [height, width], strides, pad as 'same'),
          ];
          expect(difference(await on('wasm', run), await on('cpu', run), sumOf(height * width))).toBeUndefined();
        },
      ),
      RUNS,
    );
  });

  test.each(['maxPool', 'avgPool'] as const)('the gradient of any %s agrees with the cpu backend', async (pool) => {
    await fc.assert(
      fc.asyncProperty(poolings, async ({ x, filter: [height, width], strides, pad, seed }) => {
        const forward = (image: tf.Tensor4D): tf.Tensor4D => tf[pool](image, [height, width], strides, pad as 'same');
        const run = (): tf.Tensor => {
          const image = tf.round(tf.mul(tensor4d(x, seed), 2)) as tf.Tensor4D; // with ties
          return tf.grad((value) => forward(value as tf.Tensor4D))(image, tensor4d(forward(image).shape, seed + 1));
        };
        expect(difference(await on('wasm', run), await on('cpu', run), sumOf(height * width))).toBeUndefined();
      }),
      RUNS,
    );
  });

  test.each(['MaxPoolGrad', 'AvgPoolGrad'])("%s gives the bits of tfjs's own where that is right", async (kernel) => {
    const windows = [
      { filterSize: 2, strides: 1, pad: 'same' },
      { filterSize: 3, strides: 2, pad: 'valid' },
      { filterSize: 2, strides: 2, pad: 'same' },
      { filterSize: 3, strides: 1, pad: 'same' },
    ] as const;
    for (const { filterSize, strides, pad } of windows) {
      const inputs = (): tf.NamedTensorMap => {
        const input = tf.tensor4d(
          Float32Array.from({ length: 300 }, (_, i) => 1 + ((i * 7) % 300)),
          [2, 6, 5, 5],
        ); // positive, no ties
        const output = tf.maxPool(input, filterSize, strides, pad);
        return { input, output, dy: tensor4d(output.shape, 5) };
      };
      const { own, ours } = await both(stock, kernel, inputs, { filterSize, strides, pad });
      expect(ours).toEqual(own);
    }
  });
});
