import * as fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { convolutions, geometryOf, randomValues, type Convolution } from '../test/arbitrary.ts';
import * as reference from '../test/reference.ts';
import { sandbox, type Sandbox } from '../test/sandbox.ts';
import { roundingBound } from '../test/winograd.ts';
import type { TileSize } from './algorithm.ts';
import { GEMM_SCRATCH_BYTES, packedBytes, pixelsAtATime, tapsAtATime } from './blocking.ts';
import { patchSize, type Geometry } from './geometry.ts';
import { gradientGeometry, winogradScratchBytes } from './winograd.ts';

let box: Sandbox;
beforeAll(async () => {
  box = await sandbox(false);
});
beforeEach(() => box.reset());

type Values = Float32Array;

const filterSize = (g: Geometry): number => patchSize(g) * g.outChannels;

/** The three passes by tiles of `size`, `group` tiles at a time. */
const byTiles = {
  forward(g: Geometry, [x, w, bias]: readonly [Values, Values, Values?], size: TileSize, group: number): Values {
    const y = box.take(reference.outSize(g) * 4);
    const [at, xAt, wAt, biasAt] = [box.putGeometry(g), box.put(x), box.put(w), bias === undefined ? 0 : box.put(bias)];
    box.native.winogradConv2d(at, xAt, wAt, biasAt, y, size, group, box.take(winogradScratchBytes(size, group, g)));
    return box.floats(y, reference.outSize(g));
  },
  input(g: Geometry, [dy, w]: readonly [Values, Values], size: TileSize, group: number): Values {
    const turned = gradientGeometry(g);
    const [dx, filter] = [box.take(reference.inSize(g) * 4), box.take(w.byteLength)];
    const [at, dyAt, wAt] = [box.putGeometry(turned), box.put(dy), box.put(w)];
    box.native.turnFilter(9, g.inChannels, g.outChannels, wAt, filter);
    box.native.winogradConv2d(at, dyAt, filter, 0, dx, size, group, box.take(winogradScratchBytes(size, group, turned)));
    return box.floats(dx, reference.inSize(g));
  },
  filter(g: Geometry, [x, dy]: readonly [Values, Values], size: TileSize, group: number): Values {
    const dw = box.take(filterSize(g) * 4);
    const [at, xAt, dyAt] = [box.putGeometry(g), box.put(x), box.put(dy)];
    const scratch = box.take(winogradScratchBytes(size, group, g));
    box.native.winogradBackpropFilter(at, xAt, dyAt, 0, size, group, scratch);
    box.native.finishWinogradFilter(at, dw, size, group, scratch);
    return box.floats(dw, filterSize(g));
  },
};

/** Any convolution that tiles are for. */
const tiled = convolutions({ channels: 21, outChannels: 21 }).map((convolution): Convolution => ({
  ...convolution,
  filter: [3, 3, convolution.filter[2], convolution.filter[3]],
  strides: [1, 1],
  dilations: [1, 1],
}));
const runs = fc
  .record({ convolution: tiled, size: fc.constantFrom<TileSize>(4, 2), group: fc.constantFrom(4, 8, 12), seed: fc.nat() })
  .filter(({ convolution }) => geometryOf(convolution).outHeight > 0 && geometryOf(convolution).outWidth > 0);

type Run = typeof runs extends fc.Arbitrary<infer Value> ? Value : never;

/** Checks a property on random runs, in fresh memory. */
const check = (property: (run: Run, g: Geometry) => void): void => {
  fc.assert(
    fc.property(runs, (run) => {
      box.reset();
      property(run, geometryOf(run.convolution));
      box.reset();
    }),
    { numRuns: 80 },
  );
};

/** The first value that rounding does not explain. */
function mismatch(actual: ArrayLike<number>, expected: ArrayLike<number>, allowed: number): string | undefined {
  if (actual.length !== expected.length) return `${actual.length} values instead of ${expected.length}`;
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(actual[i]! - expected[i]!) <= allowed)) return `value ${i} is ${actual[i]} instead of ${expected[i]} ± ${allowed}`;
  }
  return undefined;
}

const tiles = (g: Geometry, size: TileSize): number => g.batchSize * Math.ceil(g.outHeight / size) * Math.ceil(g.outWidth / size);

describe('convolutions by tiles', () => {
  test('are convolutions, for any size of image, padding and number of channels, with a bias or without', () => {
    check(({ size, group, seed }, g) => {
      const [x, w, bias] = [
        randomValues(reference.inSize(g), seed),
        randomValues(filterSize(g), seed + 1),
        randomValues(g.outChannels, seed + 2),
      ];
      const expected = reference.conv2d(g, x, w).values;
      const allowed = roundingBound(size, 'forward', g.inChannels);
      expect(mismatch(byTiles.forward(g, [x, w], size, group), expected, allowed)).toBeUndefined();
      const biased = expected.map((value, i) => value + bias[i % g.outChannels]!);
      expect(mismatch(byTiles.forward(g, [x, w, bias], size, group), biased, allowed + 2 ** -20)).toBeUndefined();
    });
  });

  test('have the gradient by the input that convolutions have', () => {
    check(({ size, group, seed }, g) => {
      const [dy, w] = [randomValues(reference.outSize(g), seed), randomValues(filterSize(g), seed + 1)];
      const expected = reference.conv2dBackpropInput(g, dy, w).values;
      const allowed = roundingBound(size, 'forward', g.outChannels);
      expect(mismatch(byTiles.input(g, [dy, w], size, group), expected, allowed)).toBeUndefined();
    });
  });

  test('have the gradient by the filter that convolutions have', () => {
    check(({ size, group, seed }, g) => {
      const [x, dy] = [randomValues(reference.inSize(g), seed), randomValues(reference.outSize(g), seed + 1)];
      const expected = reference.conv2dBackpropFilter(g, x, dy).values;
      expect(mismatch(byTiles.filter(g, [x, dy], size, group), expected, roundingBound(size, 'filter', tiles(g, size)))).toBeUndefined();
    });
  });

  test('give the same bits for an image, whatever the batch around it', () => {
    const geometry = (batch: number): Geometry =>
      geometryOf({ x: [batch, 9, 7, 5], filter: [3, 3, 5, 6], strides: [1, 1], dilations: [1, 1], pad: 'same', seed: 0 });
    const [x, w] = [randomValues(reference.inSize(geometry(5)), 1), randomValues(filterSize(geometry(5)), 2)];
    const whole = byTiles.forward(geometry(5), [x, w], 4, 8);
    const last = byTiles.forward(geometry(1), [x.slice((x.length / 5) * 4), w], 4, 8);
    expect(last).toEqual(whole.slice((whole.length / 5) * 4));
  });
});

/** The direct kernels, to compare errors with. */
const direct = {
  forward(g: Geometry, [x, w]: readonly [Values, Values]): Values {
    const [y, patch, pixels] = [box.take(reference.outSize(g) * 4), patchSize(g), pixelsAtATime(patchSize(g))];
    const [at, xAt, wAt] = [box.putGeometry(g), box.put(x), box.put(w)];
    const [patches, packed, rest] = [pixels * patch * 4, packedBytes(patch, g.outChannels), GEMM_SCRATCH_BYTES].map(box.take);
    box.native.conv2d(at, xAt, wAt, 0, y, g.outChannels, pixels, patches!, packed!, rest!);
    return box.floats(y, reference.outSize(g));
  },
  input(g: Geometry, [dy, w]: readonly [Values, Values]): Values {
    const { taps, channels } = tapsAtATime(9, g.inChannels, g.outChannels);
    const [dx, columns] = [box.take(reference.inSize(g) * 4), taps * channels];
    const pixels = pixelsAtATime(columns);
    const [at, dyAt, wAt] = [box.putGeometry(g), box.put(dy), box.put(w)];
    const [patches, packed, rest] = [pixels * columns * 4, packedBytes(g.outChannels, columns), GEMM_SCRATCH_BYTES].map(box.take);
    box.native.conv2dBackpropInput(at, dyAt, wAt, dx, taps, channels, pixels, patches!, packed!, rest!);
    return box.floats(dx, reference.inSize(g));
  },
  filter(g: Geometry, [x, dy]: readonly [Values, Values]): Values {
    const [dw, patch, pixels] = [box.take(filterSize(g) * 4), patchSize(g), pixelsAtATime(patchSize(g))];
    const [at, xAt, dyAt] = [box.putGeometry(g), box.put(x), box.put(dy)];
    const [patches, packed, rest] = [pixels * patch * 4, packedBytes(pixels, g.outChannels), GEMM_SCRATCH_BYTES].map(box.take);
    box.native.conv2dBackpropFilter(at, xAt, dyAt, dw, 0, pixels, patches!, packed!, rest!);
    return box.floats(dw, filterSize(g));
  },
};

/** Root mean square of the error, relative to that of the values. */
function relativeError(actual: ArrayLike<number>, expected: Float64Array): number {
  let [error, norm] = [0, 0];
  for (const [i, value] of expected.entries()) {
    error += (actual[i]! - value) ** 2;
    norm += value ** 2;
  }
  return Math.sqrt(error / norm);
}

describe('rounding errors of convolutions by tiles', () => {
  test.each([
    { image: [4, 14, 14], channels: [32, 64] },
    { image: [2, 32, 32], channels: [16, 16] },
    { image: [4, 8, 8], channels: [64, 64] },
  ])(
    'are a few times those of direct sums: $image, $channels',
    ({ image: [batch, height, width], channels: [inChannels, outChannels] }) => {
      const g = geometryOf({
        x: [batch!, height!, width!, inChannels!],
        filter: [3, 3, inChannels!, outChannels!],
        strides: [1, 1],
        dilations: [1, 1],
        pad: 'same',
        seed: 0,
      });
      const [x, w, dy] = [randomValues(reference.inSize(g), 1), randomValues(filterSize(g), 2), randomValues(reference.outSize(g), 3)];
      const passes = [
        { pass: 'forward', operands: [x, w], expected: reference.conv2d(g, x, w).values },
        { pass: 'input', operands: [dy, w], expected: reference.conv2dBackpropInput(g, dy, w).values },
        { pass: 'filter', operands: [x, dy], expected: reference.conv2dBackpropFilter(g, x, dy).values },
      ] as const;
      for (const { pass, operands, expected } of passes) {
        const errors = [direct[pass](g, operands)];
        box.reset();
        for (const size of [4, 2] as const) {
          errors.push(byTiles[pass](g, operands, size, 32));
          box.reset();
        }
        const [ofDirect, of4, of2] = errors.map((actual) => relativeError(actual, expected));
        if (process.env['PRINT_ERRORS'] !== undefined)
          console.log(
            pass,
            g.inShape,
            [ofDirect, of4, of2].map((e) => e!.toExponential(1)),
          );
        expect(of4! / ofDirect!, `${pass} by tiles of 4`).toBeLessThan(7);
        expect(of2! / ofDirect!, `${pass} by tiles of 2`).toBeLessThan(2);
      }
    },
  );
});
