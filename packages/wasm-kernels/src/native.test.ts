import * as fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { convolutions, geometryOf, randomValues, type Convolution } from '../test/arbitrary.ts';
import * as reference from '../test/reference.ts';
import { sandbox, type Sandbox } from '../test/sandbox.ts';
import { GEMM_SCRATCH_BYTES, packedBytes } from './blocking.ts';
import { patchSize, WINDOWS_BYTES } from './geometry.ts';

describe.each([
  { kind: 'memory of its own', shared: false },
  { kind: 'memory that threads share', shared: true },
])('native kernels in $kind', ({ shared }) => {
  let box: Sandbox;
  beforeAll(async () => {
    box = await sandbox(shared);
  });
  beforeEach(() => box.reset());

  const size = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

  /** Checks a property on random input; each run starts with fresh memory. */
  const check = <Input>(inputs: fc.Arbitrary<Input>, property: (input: Input) => void): void => {
    fc.assert(
      fc.property(inputs, (input) => {
        box.reset();
        property(input);
        box.reset();
      }),
      { numRuns: 60 },
    );
  };

  const depth = fc.oneof({ weight: 5, arbitrary: size(40) }, fc.integer({ min: 250, max: 600 })); // more than is summed in registers at a time
  const matrices = fc.record({ m: size(39), k: depth, n: size(37), transposeA: fc.boolean(), transposeB: fc.boolean(), seed: fc.nat() });

  const multiply = (
    { m, k, n, transposeA, transposeB }: Omit<typeof matrices extends fc.Arbitrary<infer Input> ? Input : never, 'seed'>,
    [a, b, c]: readonly [Float32Array, Float32Array, Float32Array],
    add: boolean,
  ): Float32Array => {
    const [aAt, bAt, cAt, packed, rest] = [box.put(a), box.put(b), box.put(c), box.take(packedBytes(k, n)), box.take(GEMM_SCRATCH_BYTES)];
    box.native.packColumns(k, n, bAt, transposeB ? 4 : n * 4, transposeB ? k * 4 : 4, packed);
    box.native.gemm(m, n, k, aAt, transposeA ? 4 : k * 4, transposeA ? m * 4 : 4, packed, cAt, n * 4, Number(add), rest);
    return box.floats(cAt, m * n);
  };

  test('gemm multiplies matrices of any size, transposed or not', () => {
    check(matrices, ({ seed, ...input }) => {
      const { m, k, n } = input;
      const [a, b] = [randomValues(m * k, seed), randomValues(k * n, seed + 1)];
      const actual = multiply(input, [a, b, new Float32Array(m * n).fill(NaN)], false);
      expect(reference.worstMismatch(actual, reference.matMul([m, k, n], a, b, input))).toBeUndefined();
    });
  });

  test('gemm adds to what is there', () => {
    check(matrices, ({ seed, ...input }) => {
      const { m, k, n } = input;
      const [a, b, c] = [randomValues(m * k, seed), randomValues(k * n, seed + 1), randomValues(m * n, seed + 2)];
      const expected = reference.matMul([m, k, n], a, b, input);
      for (const [i, value] of c.entries()) reference.addTerm(expected, i, value);
      expect(reference.worstMismatch(multiply(input, [a, b, c], true), expected)).toBeUndefined();
    });
  });

  test('gemm carries NaN and infinity from its operands', () => {
    const [a, b] = [Float32Array.of(NaN, 1, Infinity, 1, 0, 1), Float32Array.of(1, 1)];
    const shape = { m: 3, k: 2, n: 1, transposeA: false, transposeB: false };
    expect([...multiply(shape, [a, b, new Float32Array(3)], false)]).toEqual([NaN, Infinity, 1]);
  });

  test('gemm gives the same bits for a row, whatever the rows and columns around it', () => {
    const shape = { m: 9, k: 31, n: 13, transposeA: false, transposeB: false };
    const [a, b] = [randomValues(9 * 31, 1), randomValues(31 * 13, 2)];
    const whole = multiply(shape, [a, b, new Float32Array(9 * 13)], false);
    box.reset();
    const last = multiply({ ...shape, m: 1 }, [a.slice(8 * 31), b, new Float32Array(13)], false);
    expect(last).toEqual(whole.slice(8 * 13));
  });

  test('conv2d sums over taps and channels, whatever part of the filter is packed at a time', () => {
    check(fc.tuple(convolutions({ channels: 9, outChannels: 19 }), size(40), size(24)), ([convolution, pixels, channels]) => {
      const g = geometryOf(convolution);
      const [x, w] = [
        randomValues(reference.inSize(g), convolution.seed),
        randomValues(patchSize(g) * g.outChannels, convolution.seed + 1),
      ];
      const [at, xAt, wAt, y] = [box.putGeometry(g), box.put(x), box.put(w), box.take(reference.outSize(g) * 4)];
      const [patches, packed, rest] = [pixels * patchSize(g) * 4, packedBytes(patchSize(g), channels), GEMM_SCRATCH_BYTES].map(box.take);
      const expected = reference.conv2d(g, x, w);
      box.native.conv2d(at, xAt, wAt, 0, y, channels, pixels, patches!, packed!, rest!);
      expect(reference.worstMismatch(box.floats(y, reference.outSize(g)), expected)).toBeUndefined();
      const bias = randomValues(g.outChannels, convolution.seed + 2);
      box.native.conv2d(at, xAt, wAt, box.put(bias), y, channels, pixels, patches!, packed!, rest!);
      for (const i of expected.values.keys()) reference.addTerm(expected, i, bias[i % g.outChannels]!);
      expect(reference.worstMismatch(box.floats(y, reference.outSize(g)), expected)).toBeUndefined();
    });
  });

  test('conv2dBackpropFilter sums over all output pixels', () => {
    check(fc.tuple(convolutions({ channels: 9, outChannels: 19 }), size(40)), ([convolution, pixels]) => {
      const g = geometryOf(convolution);
      const [x, dy] = [randomValues(reference.inSize(g), convolution.seed), randomValues(reference.outSize(g), convolution.seed + 1)];
      const [at, xAt, dyAt] = [box.putGeometry(g), box.put(x), box.put(dy)];
      const count = patchSize(g) * g.outChannels;
      const [dw, patches, packed, rest] = [
        count * 4,
        pixels * patchSize(g) * 4,
        packedBytes(pixels, g.outChannels),
        GEMM_SCRATCH_BYTES,
      ].map(box.take);
      box.native.conv2dBackpropFilter(at, xAt, dyAt, dw!, 0, pixels, patches!, packed!, rest!);
      expect(reference.worstMismatch(box.floats(dw!, count), reference.conv2dBackpropFilter(g, x, dy))).toBeUndefined();
    });
  });

  test('conv2dBackpropInput adds up where patches overlap, whatever part of the filter is packed at a time', () => {
    check(
      fc.tuple(convolutions({ channels: 21, outChannels: 11 }), size(40), size(30), fc.boolean()),
      ([convolution, pixels, part, byTaps]) => {
        const g = geometryOf(convolution);
        const [dy, w] = [
          randomValues(reference.outSize(g), convolution.seed),
          randomValues(patchSize(g) * g.outChannels, convolution.seed + 1),
        ];
        const taps = byTaps ? part : 1;
        const channels = byTaps ? g.inChannels : Math.min(part, g.inChannels);
        const [at, dyAt, wAt, dx] = [box.putGeometry(g), box.put(dy), box.put(w), box.take(reference.inSize(g) * 4)];
        const columns = taps * channels;
        const [patches, packed, rest] = [pixels * columns * 4, packedBytes(g.outChannels, columns), GEMM_SCRATCH_BYTES].map(box.take);
        box.native.conv2dBackpropInput(at, dyAt, wAt, dx, taps, channels, pixels, patches!, packed!, rest!);
        expect(reference.worstMismatch(box.floats(dx, reference.inSize(g)), reference.conv2dBackpropInput(g, dy, w))).toBeUndefined();
      },
    );
  });

  const depthwise = fc.oneof(
    convolutions({ channels: 13, outChannels: 3 }),
    convolutions({ channels: 21, outChannels: 1, width: 40, filterSide: fc.constantFrom(3, 3, 3, 5) }), // the fast paths
  );

  test('depthwiseConv2d sums over taps, for any number of filters a channel', () => {
    check(depthwise, (convolution) => {
      const g = geometryOf(convolution, true);
      const filterSize = g.filterHeight * g.filterWidth * g.outChannels;
      const [x, w] = [randomValues(reference.inSize(g), convolution.seed), randomValues(filterSize, convolution.seed + 1)];
      const [at, xAt, wAt, y] = [box.putGeometry(g), box.put(x), box.put(w), box.take(reference.outSize(g) * 4)];
      box.native.depthwiseConv2d(at, xAt, wAt, y, box.take(WINDOWS_BYTES));
      expect(reference.worstMismatch(box.floats(y, reference.outSize(g)), reference.depthwiseConv2d(g, x, w))).toBeUndefined();
    });
  });

  test('depthwiseBackpropFilter sums over all output pixels, for any number of filters a channel', () => {
    check(depthwise, (convolution) => {
      const g = geometryOf(convolution, true);
      const [x, dy] = [randomValues(reference.inSize(g), convolution.seed), randomValues(reference.outSize(g), convolution.seed + 1)];
      const count = g.filterHeight * g.filterWidth * g.outChannels;
      const [at, xAt, dyAt, dw] = [box.putGeometry(g), box.put(x), box.put(dy), box.take(count * 4)];
      box.native.depthwiseBackpropFilter(at, xAt, dyAt, dw, 0);
      expect(reference.worstMismatch(box.floats(dw, count), reference.depthwiseBackpropFilter(g, x, dy))).toBeUndefined();
    });
  });

  test('depthwiseBackpropInput sums over the output pixels that saw an input', () => {
    check(depthwise, (convolution) => {
      const g = geometryOf(convolution, true);
      const filterSize = g.filterHeight * g.filterWidth * g.outChannels;
      const [dy, w] = [randomValues(reference.outSize(g), convolution.seed), randomValues(filterSize, convolution.seed + 1)];
      const [at, dyAt, wAt, dx] = [box.putGeometry(g), box.put(dy), box.put(w), box.take(reference.inSize(g) * 4)];
      box.native.depthwiseBackpropInput(at, dyAt, wAt, dx, box.take(WINDOWS_BYTES));
      expect(reference.worstMismatch(box.floats(dx, reference.inSize(g)), reference.depthwiseBackpropInput(g, dy, w))).toBeUndefined();
    });
  });

  const sides = [0, 1, 2, 3];
  const paddings = sides.flatMap((left) => sides.map((right): [number, number] => [left, right]));

  test.each([1, 2].flatMap((stride) => [1, 2, 3, 32, 33, 34].map((width) => ({ width, stride }))))(
    'depthwise kernels are right for images $width pixels wide at a stride of $stride, however they are padded',
    ({ width, stride }) => {
      for (const [left, right] of paddings.filter(([before, after]) => before + width + after >= 3)) {
        box.reset();
        const call: Convolution = {
          x: [2, 4, width, 5],
          filter: [3, 3, 5, 1],
          strides: [stride, stride],
          dilations: [1, 1],
          pad: [
            [0, 0],
            [right, left], // with other values than the width's, and each of them
            [left, right],
            [0, 0],
          ],
          seed: 0,
        };
        const g = geometryOf(call, true);
        const [x, w, dy] = [randomValues(reference.inSize(g), 1), randomValues(45, 2), randomValues(reference.outSize(g), 3)];
        const [at, xAt, wAt, dyAt, windows] = [box.putGeometry(g), box.put(x), box.put(w), box.put(dy), box.take(WINDOWS_BYTES)];
        const [y, dx, dw] = [box.take(dy.byteLength), box.take(x.byteLength), box.take(w.byteLength)];
        box.native.depthwiseConv2d(at, xAt, wAt, y, windows);
        box.native.depthwiseBackpropInput(at, dyAt, wAt, dx, windows);
        box.native.depthwiseBackpropFilter(at, xAt, dyAt, dw, 0);
        expect(reference.worstMismatch(box.floats(y, dy.length), reference.depthwiseConv2d(g, x, w))).toBeUndefined();
        expect(reference.worstMismatch(box.floats(dx, x.length), reference.depthwiseBackpropInput(g, dy, w))).toBeUndefined();
        expect(reference.worstMismatch(box.floats(dw, w.length), reference.depthwiseBackpropFilter(g, x, dy))).toBeUndefined();
      }
    },
  );

  test.each([
    { filter: 3, stride: 1 },
    { filter: 3, stride: 2 },
    { filter: 5, stride: 1 },
  ])('depthwise kernels give the same bits for an image, whatever the batch ($filter x $filter, stride $stride)', ({ filter, stride }) => {
    const pictures = (batch: number): Convolution => ({
      x: [batch, 9, 37, 18],
      filter: [filter, filter, 18, 1],
      strides: [stride, stride],
      dilations: [1, 1],
      pad: 'same',
      seed: 0,
    });
    const [two, one] = [geometryOf(pictures(2), true), geometryOf(pictures(1), true)];
    const [x, w, dy] = [reference.inSize(two), filter * filter * 18, reference.outSize(two)].map(randomValues) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const run = (g: typeof two, image: Float32Array, gradient: Float32Array): [Float32Array, Float32Array] => {
      box.reset();
      const [at, xAt, wAt, dyAt] = [box.putGeometry(g), box.put(image), box.put(w), box.put(gradient)];
      const [y, dx, windows] = [box.take(gradient.byteLength), box.take(image.byteLength), box.take(WINDOWS_BYTES)];
      box.native.depthwiseConv2d(at, xAt, wAt, y, windows);
      box.native.depthwiseBackpropInput(at, dyAt, wAt, dx, windows);
      return [box.floats(y, gradient.length), box.floats(dx, image.length)];
    };
    const half = (values: Float32Array): Float32Array => values.slice(values.length / 2);
    expect(run(one, half(x), half(dy))).toEqual(run(two, x, dy).map(half));
  });

  test('depthwise kernels keep NaN and infinity of a pixel to the windows that it lies in', () => {
    const g = geometryOf({ x: [1, 7, 7, 4], filter: [3, 3, 4, 1], strides: [1, 1], dilations: [1, 1], pad: 'same', seed: 0 }, true);
    const w = new Float32Array(36);
    for (const pixel of [0, 6, 24, 45]) {
      box.reset();
      const x = new Float32Array(196);
      x[pixel * 4] = NaN;
      const [at, xAt, wAt, y, windows] = [box.putGeometry(g), box.put(x), box.put(w), box.take(784), box.take(WINDOWS_BYTES)];
      box.native.depthwiseConv2d(at, xAt, wAt, y, windows);
      const near = (i: number): boolean => Math.abs(Math.floor(i / 7) - Math.floor(pixel / 7)) < 2 && Math.abs((i % 7) - (pixel % 7)) < 2;
      expect([...box.floats(y, 196)]).toEqual(Array.from(x, (_, i) => (i % 4 === 0 && near(i >> 2) ? NaN : 0)));
    }
  });

  const pools = fc
    .oneof(
      convolutions({ channels: 37, outChannels: 1 }),
      convolutions({ channels: 37, outChannels: 1, dilated: false, filterSide: fc.integer({ min: 1, max: 3 }) }).map((pool) => ({
        ...pool,
        strides: [pool.filter[0], pool.filter[1]] as Convolution['strides'], // windows side by side
        dilations: [1, 1] as Convolution['dilations'],
      })),
    )
    .map((pool) => ({ ...pool, filter: [pool.filter[0], pool.filter[1], pool.x[3], 1] as Convolution['filter'] }))
    .filter((pool) => geometryOf(pool, true).outHeight > 0 && geometryOf(pool, true).outWidth > 0);

  test('maxPool takes the largest value of each window, NaN passed over', () => {
    check(pools, (pool) => {
      const g = geometryOf(pool, true);
      const x = randomValues(reference.inSize(g), pool.seed).map((value, i) => (i % 3 === 0 ? NaN : value));
      const [at, xAt, y] = [box.putGeometry(g), box.put(x), box.take(reference.outSize(g) * 4)];
      box.native.maxPool(at, xAt, y);
      expect([...box.floats(y, reference.outSize(g))]).toEqual(reference.maxPool(g, x));
    });
  });

  test('avgPool takes the mean of each window, padding left out', () => {
    check(pools, (pool) => {
      const g = geometryOf(pool, true);
      const x = randomValues(reference.inSize(g), pool.seed);
      const [at, xAt, y] = [box.putGeometry(g), box.put(x), box.take(reference.outSize(g) * 4)];
      box.native.avgPool(at, xAt, y);
      const expected = reference.avgPool(g, x);
      const mask = (values: ArrayLike<number>): number[] => Array.from(values, (value, i) => (expected.terms[i] === 0 ? 0 : value)); // windows of padding alone
      const means = {
        ...expected,
        values: Float64Array.from(mask(expected.values)),
        magnitudes: Float64Array.from(mask(expected.magnitudes)),
      };
      expect(reference.worstMismatch(mask(box.floats(y, reference.outSize(g))), means)).toBeUndefined();
    });
  });

  test('maxPoolGrad gives each window to its first largest value, ties, NaN and -Infinity included', () => {
    const special = [NaN, -Infinity, Infinity, 0, -0];
    check(pools, (pool) => {
      const g = geometryOf(pool, true);
      const x = randomValues(reference.inSize(g), pool.seed).map((value, i) =>
        i % 3 === 0 ? special[i % special.length]! : Math.round(value * 2),
      );
      const dy = randomValues(reference.outSize(g), pool.seed + 1);
      const [at, xAt, dyAt, dx] = [box.putGeometry(g), box.put(x), box.put(dy), box.take(x.byteLength)];
      box.native.maxPoolGrad(at, xAt, dyAt, dx);
      expect(reference.worstMismatch(box.floats(dx, x.length), reference.maxPoolGrad(g, x, dy))).toBeUndefined();
    });
  });

  test('maxPoolGrad keeps a NaN or infinite gradient to the place that it belongs to', () => {
    const g = geometryOf({ x: [1, 2, 2, 5], filter: [2, 2, 5, 1], strides: [2, 2], dilations: [1, 1], pad: 'valid', seed: 0 }, true);
    const x = Float32Array.from({ length: 20 }, (_, i) => (i < 5 ? 1 : 0));
    const dy = Float32Array.of(NaN, Infinity, 1, 2, NaN);
    const [at, xAt, dyAt, dx] = [box.putGeometry(g), box.put(x), box.put(dy), box.take(80)];
    box.native.maxPoolGrad(at, xAt, dyAt, dx);
    expect([...box.floats(dx, 20)]).toEqual([NaN, Infinity, 1, 2, NaN, ...new Array<number>(15).fill(0)]);
  });

  test('avgPoolGrad shares each gradient among the places of its window', () => {
    check(pools, (pool) => {
      const g = geometryOf(pool, true);
      const dy = randomValues(reference.outSize(g), pool.seed);
      const [at, dyAt, dx] = [box.putGeometry(g), box.put(dy), box.take(reference.inSize(g) * 4)];
      box.native.avgPoolGrad(at, dyAt, dx);
      expect(reference.worstMismatch(box.floats(dx, reference.inSize(g)), reference.avgPoolGrad(g, dy))).toBeUndefined();
    });
  });

  const segments = fc.record({ rows: size(30), width: size(11), count: size(7), seed: fc.nat() });

  const idsFor = ({ rows, count, seed }: { rows: number; count: number; seed: number }): Int32Array =>
    Int32Array.from(randomValues(rows, seed), (value) => Math.floor((value + 1) * (count / 2 + 1)) - 1); // some below 0, some too large

  test('segmentSum sums rows by id and leaves out ids that are no segment', () => {
    check(segments, ({ rows, width, count, seed }) => {
      const [x, ids] = [randomValues(rows * width, seed), idsFor({ rows, count, seed })];
      const [xAt, idsAt, out] = [box.put(x), box.put(ids), box.take(count * width * 4)];
      box.native.segmentSum(xAt, idsAt, rows, width, count, out);
      expect(reference.worstMismatch(box.floats(out, count * width), reference.segmentSum(x, ids, width, count))).toBeUndefined();
    });
  });

  test('segmentSumOfIntegers and segmentSumOfBooleans are exact', () => {
    check(segments, ({ rows, width, count, seed }) => {
      const ids = idsFor({ rows, count, seed });
      const integers = Int32Array.from(randomValues(rows * width, seed), (value) => Math.trunc(value * 1e6));
      const booleans = Uint8Array.from(integers, (value) => value & 1);
      const [integersAt, booleansAt, idsAt, out] = [box.put(integers), box.put(booleans), box.put(ids), box.take(count * width * 4)];
      box.native.segmentSumOfIntegers(integersAt, idsAt, rows, width, count, out);
      expect([...box.integers(out, count * width)]).toEqual([...reference.segmentSum(integers, ids, width, count).values]);
      box.native.segmentSumOfBooleans(booleansAt, idsAt, rows, width, count, out);
      expect([...box.integers(out, count * width)]).toEqual([...reference.segmentSum(booleans, ids, width, count).values]);
    });
  });
});
