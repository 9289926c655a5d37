import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { convolutions, geometryOf, randomValues, type Convolution } from '../test/arbitrary.ts';
import { difference, on } from '../test/backends.ts';
import { wasmMemory } from './memory.ts';
import { registerWasmTrainingKernels } from './register.ts';

const RUNS = { numRuns: 40 };

/** Values lie in [-1, 1), so n terms add up to at most n, and n + 2 roundings of that are allowed. */
const sumOf = (terms: number): number => terms * (terms + 2) * 2 ** -24;

const tensor = (shape: number[], seed: number): tf.Tensor => tf.tensor(randomValues(tf.util.sizeFromShape(shape), seed), shape);
const tensor4d = (shape: [number, number, number, number], seed: number): tf.Tensor4D =>
  tf.tensor4d(randomValues(tf.util.sizeFromShape(shape), seed), shape);

const replaced = ['AvgPoolGrad', 'BatchMatMul', 'Conv2DBackpropInput', 'MaxPoolGrad'];
const stock = new Map<string, tf.KernelConfig>();

/** The gradients by image and filter of what `forward` makes of them. */
const gradients = (
  forward: (image: tf.Tensor4D, filter: tf.Tensor4D) => tf.Tensor4D,
  image: tf.Tensor4D,
  filter: tf.Tensor4D,
  dy: tf.Tensor,
): tf.Tensor[] => tf.grads((x, w) => forward(x as tf.Tensor4D, w as tf.Tensor4D))([image, filter], dy);

/** Runs tfjs's own kernel and ours on the same inputs. */
async function both(
  kernelName: string,
  inputs: () => tf.NamedTensorMap,
  attrs: object,
): Promise<{ own: Float32Array[]; ours: Float32Array[] }> {
  const ours = await on('wasm', () => tf.engine().runKernel(kernelName, inputs(), attrs as tf.NamedAttrMap) as tf.Tensor);
  const current = tf.getKernel(kernelName, 'wasm');
  tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel(stock.get(kernelName)!);
  const own = await on('wasm', () => tf.engine().runKernel(kernelName, inputs(), attrs as tf.NamedAttrMap) as tf.Tensor);
  tf.unregisterKernel(kernelName, 'wasm');
  tf.registerKernel(current);
  return { own, ours };
}

describe('registerWasmTrainingKernels', () => {
  const warnings = vi.spyOn(console, 'warn');

  beforeAll(async () => {
    await tf.setBackend('wasm');
    for (const name of replaced) stock.set(name, tf.getKernel(name, 'wasm'));
    await registerWasmTrainingKernels();
  });

  test('brings the kernels that gradients need and wasm lacks', () => {
    for (const name of [
      'Conv2DBackpropFilter',
      'DepthwiseConv2dNativeBackpropFilter',
      'DepthwiseConv2dNativeBackpropInput',
      'UnsortedSegmentSum',
    ]) {
      expect(tf.getKernel(name, 'wasm')).toBeDefined();
    }
  });

  test('leaves the kernels of other backends alone', () => {
    for (const { kernelName, kernelFunc } of tf.getKernelsForBackend('cpu'))
      expect(kernelFunc).not.toBe(tf.getKernel(kernelName, 'wasm')?.kernelFunc);
  });

  test('keeps the set-up of the kernels that it replaces', () => {
    for (const [name, { setupFunc, kernelFunc }] of stock) {
      expect(tf.getKernel(name, 'wasm').setupFunc).toBe(setupFunc);
      expect(tf.getKernel(name, 'wasm').kernelFunc).not.toBe(kernelFunc);
    }
  });

  test('changes nothing when it is called again, and tfjs prints no warning', async () => {
    const before = tf.getKernelsForBackend('wasm').map(({ kernelFunc }) => kernelFunc);
    await Promise.all([registerWasmTrainingKernels(), registerWasmTrainingKernels()]);
    expect(tf.getKernelsForBackend('wasm').map(({ kernelFunc }) => kernelFunc)).toEqual(before);
    expect(warnings).not.toHaveBeenCalled();
  });

  test('computes convolutions as the latest call that names an algorithm chose', async () => {
    const run = (): tf.Tensor[] => {
      const [x, filter, dy] = [tensor4d([4, 12, 12, 16], 1), tensor4d([3, 3, 16, 16], 2), tensor4d([4, 12, 12, 16], 3)];
      return [tf.conv2d(x, filter, 1, 'same'), ...gradients((image, w) => tf.conv2d(image, w, 1, 'same'), x, filter, dy)];
    };
    const byDefault = await on('wasm', run);
    await registerWasmTrainingKernels({ convolution: 'direct' });
    await registerWasmTrainingKernels();
    const direct = await on('wasm', run);
    await registerWasmTrainingKernels({ convolution: 'winograd' });
    expect(await on('wasm', run)).toEqual(byDefault);
    for (const [i, values] of direct.entries()) expect(values).not.toEqual(byDefault[i]); // other roundings
    expect(difference(direct, byDefault, sumOf(9 * 64))).toBeUndefined();
  });

  test('refuses an algorithm that it does not know', async () => {
    await expect(registerWasmTrainingKernels({ convolution: 'fft' as 'direct' })).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringMatching(/registerWasmTrainingKernels: `convolution` must be one of 'winograd', 'direct', got "fft"/),
    });
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

  test('products with bias and activation agree with the cpu backend', async () => {
    const activations = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const;
    const size = fc.integer({ min: 1, max: 40 });
    const calls = fc.record({
      rows: size,
      inner: size,
      columns: size,
      activation: fc.constantFrom(...activations),
      biased: fc.boolean(),
      transposeA: fc.boolean(),
      transposeB: fc.boolean(),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(calls, async ({ rows, inner, columns, activation, biased, transposeA, transposeB, seed }) => {
        const run = (): tf.Tensor =>
          tf.fused.matMul({
            a: tensor(transposeA ? [inner, rows] : [rows, inner], seed),
            b: tensor(transposeB ? [columns, inner] : [inner, columns], seed + 1),
            transposeA,
            transposeB,
            activation,
            ...(biased ? { bias: tensor([columns], seed + 2) } : {}),
            ...(activation === 'prelu' ? { preluActivationWeights: tensor([columns], seed + 3) } : {}),
            ...(activation === 'leakyrelu' ? { leakyreluAlpha: 0.3 } : {}),
          });
        expect(difference(await on('wasm', run), await on('cpu', run), sumOf(inner + 1))).toBeUndefined();
      }),
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

  test('matrix products of any shape agree with the cpu backend, transposed, stacked and broadcast', async () => {
    const size = fc.integer({ min: 1, max: 20 });
    const stacks = fc.constantFrom<[number[], number[]]>(
      [[], []],
      [[3], [3]],
      [[1], [4]],
      [
        [2, 3],
        [2, 3],
      ],
      [[], [2]],
    );
    await fc.assert(
      fc.asyncProperty(
        size,
        size,
        size,
        stacks,
        fc.boolean(),
        fc.boolean(),
        fc.nat(),
        async (m, k, n, [left, right], transposeA, transposeB, seed) => {
          const run = (): tf.Tensor =>
            tf.matMul(
              tensor([...left, ...(transposeA ? [k, m] : [m, k])], seed),
              tensor([...right, ...(transposeB ? [n, k] : [k, n])], seed + 1),
              transposeA,
              transposeB,
            );
          expect(difference(await on('wasm', run), await on('cpu', run), sumOf(k))).toBeUndefined();
        },
      ),
      { numRuns: 100 },
    );
  });

  test('stacks of matrices are broadcast axis by axis', async () => {
    // tfjs's own kernels take the larger of both batch sizes for the size of the result.
    for (const transposeB of [false, true]) {
      const b = (): tf.Tensor => tensor(transposeB ? [1, 3, 2, 5] : [1, 3, 5, 2], 2);
      const [product] = await on('wasm', () => tf.matMul(tensor([2, 1, 4, 5], 1), b(), false, transposeB));
      const [expected] = await on('cpu', () =>
        tf.matMul(tf.tile(tensor([2, 1, 4, 5], 1), [1, 3, 1, 1]), tf.tile(b(), [2, 1, 1, 1]), false, transposeB),
      );
      expect(difference([product!], [expected!], sumOf(5))).toBeUndefined();
    }
  });

  test('unsortedSegmentSum agrees with the cpu backend', async () => {
    const run = (): tf.Tensor[] => [
      tf.unsortedSegmentSum(tensor([7, 3, 2], 1), tf.tensor1d([2, 0, 4, 2, -1, 0, 9], 'int32'), 5),
      tf.unsortedSegmentSum(tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32'), tf.tensor1d([1, 1], 'int32'), 2),
      tf.unsortedSegmentSum(tf.tensor1d([true, true, false], 'bool'), tf.tensor1d([0, 0, 1], 'int32'), 3),
    ];
    expect(difference(await on('wasm', run), await on('cpu', run), sumOf(3))).toBeUndefined();
  });

  test('the gradient of gather sums the rows that were taken more than once, along any axis', async () => {
    const run = (): tf.Tensor[] =>
      [0, 1].map((axis) =>
        tf.grad((x: tf.Tensor) => tf.gather(x, tf.tensor1d([1, 1, 0, 2], 'int32'), axis))(
          tensor([4, 3], 1),
          tensor(axis === 0 ? [4, 3] : [4, 4], 2),
        ),
      );
    expect(difference(await on('wasm', run), await on('cpu', run), sumOf(2))).toBeUndefined();
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
      const { own, ours } = await both(kernel, inputs, { filterSize, strides, pad });
      expect(ours).toEqual(own);
    }
  });

  test("Conv2DBackpropInput agrees with tfjs's own, and leaves channels-first data to it", async () => {
    const inputs = (shape: [number, number, number, number]) => (): tf.NamedTensorMap => ({
      dy: tensor4d(shape, 1),
      filter: tensor4d([3, 3, 4, 5], 2),
    });
    const attrs = { strides: [2, 2], pad: 'same', dimRoundingMode: undefined };
    const last = await both('Conv2DBackpropInput', inputs([2, 4, 4, 5]), { ...attrs, dataFormat: 'NHWC', inputShape: [2, 8, 8, 4] });
    expect(difference(last.ours, last.own, sumOf(9 * 5))).toBeUndefined();
    const first = await both('Conv2DBackpropInput', inputs([2, 5, 4, 4]), { ...attrs, dataFormat: 'NCHW', inputShape: [2, 4, 8, 8] });
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

  test('leaves no tensor and no memory behind', async () => {
    await tf.setBackend('wasm');
    const [x, filter, dy] = [tensor4d([4, 12, 12, 8], 1), tensor4d([3, 3, 8, 16], 2), tensor4d([4, 12, 12, 16], 3)];
    const step = (): void => {
      tf.dispose(gradients((image, weights) => tf.conv2d(image, weights, 1, 'same'), x, filter, dy));
    };
    step();
    const { numTensors, numDataBuffers } = tf.memory();
    const bytes = wasmMemory(tf.backend())!.memory.buffer.byteLength;
    const held = tf.backend().numDataIds();
    for (let i = 0; i < 100; i++) step();
    expect(tf.backend().numDataIds()).toBe(held);
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    expect(wasmMemory(tf.backend())!.memory.buffer.byteLength).toBe(bytes);
    tf.dispose([x, filter, dy]);
  });

  test('gives the same bits after the memory has grown', async () => {
    await tf.setBackend('wasm');
    const run = (): tf.Tensor[] =>
      gradients(
        (image, w) => tf.conv2d(image, w, 1, 'same'),
        tensor4d([2, 9, 9, 5], 1),
        tensor4d([3, 3, 5, 7], 2),
        tensor4d([2, 9, 9, 7], 3),
      );
    const before = await on('wasm', run);
    const { memory, allocate, free } = wasmMemory(tf.backend())!;
    const block = allocate(memory.buffer.byteLength);
    expect(await on('wasm', run)).toEqual(before);
    free(block);
  });
});
