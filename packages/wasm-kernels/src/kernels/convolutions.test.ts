import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { convolutions, geometryOf, type Convolution } from '../../test/arbitrary.ts';
import { difference, on } from '../../test/backends.ts';
import { both, stockKernels, type StockKernels } from '../../test/stock.ts';
import { gradients, sumOf, tensor, tensor4d } from '../../test/tensors.ts';
import { registerWasmTrainingKernels } from '../register.ts';

const RUNS = { numRuns: 40 };

describe('convolutions', () => {
  let stock: StockKernels;

  beforeAll(async () => {
    await tf.setBackend('wasm');
    stock = stockKernels('Conv2DBackpropInput');
    await registerWasmTrainingKernels();
  });

  test.each(['linear', 'relu', 'prelu'] as const)(
    'fused convolutions of ours with activation %s agree with the cpu backend',
    async (activation) => {
      const run = (): tf.Tensor[] => {
        const shared = {
          x: tensor4d([4, 12, 12, 16], 1),
          strides: 1,
          pad: 'same',
          activation,
          preluActivationWeights: tensor([24], 4),
        } as const;
        const filter = tensor4d([3, 3, 16, 24], 2);
        return [tf.fused.conv2d({ ...shared, filter, bias: tensor([24], 3) }), tf.fused.conv2d({ ...shared, filter })];
      };
      const before = tf.findBackend('wasm').numDataIds();
      expect(difference(await on('wasm', run), await on('cpu', run), sumOf(9 * 16))).toBeUndefined();
      expect(tf.findBackend('wasm').numDataIds()).toBe(before);
    },
  );

  test.each(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const)(
    'fused convolutions with activation %s agree with the cpu backend where tfjs goes wrong alone',
    async (activation) => {
      const run = (): tf.Tensor[] => {
        const shared = { x: tensor4d([2, 5, 6, 3], 1), strides: [1, 2] as [number, number], pad: 1, activation, leakyreluAlpha: 0.3 };
        const bias = (channels: number): object => ({ bias: tensor([channels], 3), preluActivationWeights: tensor([channels], 4) });
        return [
          tf.fused.conv2d({ ...shared, ...bias(4), filter: tensor4d([3, 2, 3, 4], 2) }),
          tf.fused.depthwiseConv2d({ ...shared, ...bias(6), filter: tensor4d([3, 2, 3, 2], 2) }),
          tf.fused.conv2d({ ...shared, filter: tensor4d([3, 2, 3, 4], 2), ...(activation === 'prelu' ? bias(4) : {}) }),
        ];
      };
      const before = tf.findBackend('wasm').numDataIds();
      expect(difference(await on('wasm', run), await on('cpu', run), sumOf(18))).toBeUndefined();
      expect(tf.findBackend('wasm').numDataIds()).toBe(before);
    },
  );

  test.each(['direct', 'winograd'] as const)('the gradients of any convolution agree with the cpu backend: %s', async (convolution) => {
    await registerWasmTrainingKernels({ convolution });
    await fc.assert(
      fc.asyncProperty(convolutions({ channels: 9, outChannels: 9, dilated: false }), async ({ x, filter, strides, pad, seed }) => {
        const { outShape } = geometryOf({ x, filter, strides, pad, seed, dilations: [1, 1] });
        const forward = (image: tf.Tensor4D, weights: tf.Tensor4D): tf.Tensor4D => tf.conv2d(image, weights, strides, pad);
        const run = (): tf.Tensor[] => gradients(forward, tensor4d(x, seed), tensor4d(filter, seed + 1), tensor4d(outShape, seed + 2));
        const terms = Math.max(outShape[0] * outShape[1] * outShape[2], filter[0] * filter[1] * filter[3]);
        expect(difference(await on('wasm', run), await on('cpu', run), sumOf(terms))).toBeUndefined();
      }),
      RUNS,
    );
  });

  test.each<{ name: string; convolution: Convolution }>([
    {
      name: 'many channels',
      convolution: { x: [1, 3, 4, 200], filter: [3, 3, 200, 130], strides: [1, 1], dilations: [1, 1], pad: 'same', seed: 1 },
    },
    {
      name: 'a filter of more than a megabyte',
      convolution: { x: [1, 2, 2, 600], filter: [1, 2, 600, 520], strides: [1, 1], dilations: [1, 1], pad: 'same', seed: 2 },
    },
    {
      name: 'tiles of many channels',
      convolution: { x: [1, 9, 10, 200], filter: [3, 3, 200, 50], strides: [1, 1], dilations: [1, 1], pad: 'valid', seed: 4 },
    },
    {
      name: 'a large batch of images hardly larger than a tile',
      convolution: {
        x: [65, 6, 5, 17],
        filter: [3, 3, 17, 11],
        strides: [1, 1],
        dilations: [1, 1],
        pad: [
          [0, 0],
          [0, 3],
          [2, 1],
          [0, 0],
        ],
        seed: 5,
      },
    },
    {
      name: 'a large batch of small images',
      convolution: { x: [65, 7, 7, 3], filter: [7, 7, 3, 5], strides: [2, 3], dilations: [1, 1], pad: 'same', seed: 3 },
    },
  ])('the gradients of a convolution agree with the cpu backend: $name', async ({ convolution: { x, filter, strides, pad, seed } }) => {
    const { outShape } = geometryOf({ x, filter, strides, pad, seed, dilations: [1, 1] });
    const run = (): tf.Tensor[] =>
      gradients(
        (image, w) => tf.conv2d(image, w, strides, pad),
        tensor4d(x, seed),
        tensor4d(filter, seed + 1),
        tensor4d(outShape, seed + 2),
      );
    const terms = Math.max(filter[0] * filter[1] * filter[3], outShape[0] * outShape[1] * outShape[2]);
    const rounding = Math.sqrt(terms) * 2 ** -18; // errors of random sign, those of tiles four times as large as others
    expect(difference(await on('wasm', run), await on('cpu', run), rounding)).toBeUndefined();
  });

  test.each(['direct', 'winograd'] as const)(
    'the gradients of wide convolutions and large batches agree with the cpu backend: %s',
    async (convolution) => {
      await registerWasmTrainingKernels({ convolution });
      const wide = fc.record({
        batch: fc.integer({ min: 1, max: 65 }),
        inChannels: fc.integer({ min: 1, max: 200 }),
        outChannels: fc.integer({ min: 1, max: 200 }),
        call: convolutions({ channels: 1, outChannels: 1, dilated: false }),
      });
      const calls = wide
        .map(({ batch, inChannels, outChannels, call: { x, filter, ...rest } }): Convolution => ({
          ...rest,
          x: [batch, x[1], x[2], inChannels],
          filter: [filter[0], filter[1], inChannels, outChannels],
        }))
        .filter((call) => {
          const { outShape } = geometryOf(call);
          const products = tf.util.sizeFromShape(outShape) * call.filter[0] * call.filter[1] * call.filter[2];
          return products > 0 && products < 4e6; // tfjs's cpu backend is slow
        });
      await fc.assert(
        fc.asyncProperty(calls, async (call) => {
          const { x, filter, strides, pad, seed } = call;
          const { outShape } = geometryOf(call);
          const forward = (image: tf.Tensor4D, weights: tf.Tensor4D): tf.Tensor4D => tf.conv2d(image, weights, strides, pad);
          const run = (): tf.Tensor[] => gradients(forward, tensor4d(x, seed), tensor4d(filter, seed + 1), tensor4d(outShape, seed + 2));
          const terms = Math.max(outShape[0] * outShape[1] * outShape[2], filter[0] * filter[1] * Math.max(filter[2], filter[3]));
          const rounding = Math.sqrt(terms) * 2 ** -18; // as above
          expect(difference(await on('wasm', run), await on('cpu', run), rounding)).toBeUndefined();
        }),
        { numRuns: 25 },
      );
    },
  );

  test('the gradients of any depthwise convolution agree with the cpu backend', async () => {
    await fc.assert(
      fc.asyncProperty(convolutions({ channels: 9, outChannels: 3, dilated: false }), async (convolution) => {
        const { x, filter, strides, dilations, pad, seed } = convolution;
        const { outShape } = geometryOf(convolution, true);
        const forward = (image: tf.Tensor4D, weights: tf.Tensor4D): tf.Tensor4D =>
          tf.depthwiseConv2d(image, weights, strides, pad, 'NHWC', dilations);
        const run = (): tf.Tensor[] => gradients(forward, tensor4d(x, seed), tensor4d(filter, seed + 1), tensor4d(outShape, seed + 2));
        const terms = Math.max(outShape[0] * outShape[1] * outShape[2], filter[0] * filter[1] * filter[3]);
        expect(difference(await on('wasm', run), await on('cpu', run), sumOf(terms))).toBeUndefined();
      }),
      RUNS,
    );
  });

  test.each([
    { op: 'conv2d', filterKernel: 'Conv2DBackpropFilter', inputKernel: 'Conv2DBackpropInput', depthwise: false },
    {
      op: 'depthwiseConv2d',
      filterKernel: 'DepthwiseConv2dNativeBackpropFilter',
      inputKernel: 'DepthwiseConv2dNativeBackpropInput',
      depthwise: true,
    },
  ] as const)('the gradient kernels of $op are its adjoints, dilated too', async ({ op, filterKernel, inputKernel, depthwise }) => {
    // It is linear in either operand: <dy, conv(x, w)> = <dx, x> = <dw, w>. (tfjs's cpu kernels ignore dilations in gradients.)
    const run = (kernel: string, inputs: tf.NamedTensorMap, attrs: object): tf.Tensor =>
      tf.engine().runKernel(kernel, inputs, attrs as tf.NamedAttrMap) as tf.Tensor;
    const dot = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.sum(tf.mul(a, b));
    await fc.assert(
      fc.asyncProperty(convolutions({ channels: 9, outChannels: 3 }), async (convolution) => {
        const { x: inputShape, filter: filterShape, strides, dilations, pad, seed } = convolution;
        const attrs = { strides, dilations, pad, dataFormat: 'NHWC' };
        const { outShape } = geometryOf(convolution, depthwise);
        const [products] = await on('wasm', () => {
          const [x, filter, dy] = [tensor4d(inputShape, seed), tensor4d(filterShape, seed + 1), tensor4d(outShape, seed + 2)];
          const dx = run(inputKernel, { dy, filter }, { ...attrs, inputShape });
          const dw = run(filterKernel, { x, dy }, { ...attrs, filterShape });
          return tf.stack([dot(dy, tf[op](x, filter, strides, pad, 'NHWC', dilations)), dot(dx, x), dot(dw, filter)]);
        });
        const [forward, byInput, byFilter] = products!;
        const tolerance = sumOf(tf.util.sizeFromShape(outShape) * filterShape[0] * filterShape[1] * filterShape[2]);
        expect(difference([[byInput!, byFilter!]], [[forward!, forward!]], tolerance)).toBeUndefined();
      }),
      RUNS,
    );
  });

  test("Conv2DBackpropInput agrees with tfjs's own, and leaves channels-first data to it", async () => {
    const inputs = (shape: [number, number, number, number]) => (): tf.NamedTensorMap => ({
      dy: tensor4d(shape, 1),
      filter: tensor4d([3, 3, 4, 5], 2),
    });
    const attrs = { strides: [2, 2], pad: 'same', dimRoundingMode: undefined };
    const last = await both(stock, 'Conv2DBackpropInput', inputs([2, 4, 4, 5]), { ...attrs, dataFormat: 'NHWC', inputShape: [2, 8, 8, 4] });
    expect(difference(last.ours, last.own, sumOf(9 * 5))).toBeUndefined();
    const first = await both(stock, 'Conv2DBackpropInput', inputs([2, 5, 4, 4]), {
      ...attrs,
      dataFormat: 'NCHW',
      inputShape: [2, 4, 8, 8],
    });
    expect(first.ours).toEqual(first.own);
  });

  test('refuses channels-first data with what to do', async () => {
    await tf.setBackend('wasm');
    const inputs = { x: tensor4d([1, 2, 4, 4], 1), dy: tensor4d([1, 2, 4, 4], 2) };
    const attrs = { strides: [1, 1], pad: 'same', dataFormat: 'NCHW', filterShape: [3, 3, 2, 2] };
    expect(() => tf.engine().runKernel('Conv2DBackpropFilter', inputs, attrs as unknown as tf.NamedAttrMap)).toThrow(
      expect.objectContaining({
        code: 'unsupported',
        message: expect.stringMatching(/Conv2DBackpropFilter: `dataFormat`.*NCHW.*transpose/),
      }),
    );
    tf.dispose(inputs);
  });
});
