/** Random shapes and values for property tests. */
import { backend_util } from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';

/** Seeded float32 values in [-1, 1), some of them zero. */
export function randomValues(size: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % 16 === 0 ? 0 : state / 2 ** 31 - 1;
  });
}

/** A convolution's call: shapes and options as tfjs takes them. */
export interface Convolution {
  readonly x: [number, number, number, number];
  readonly filter: [number, number, number, number];
  readonly strides: [number, number];
  readonly dilations: [number, number];
  readonly pad: 'same' | 'valid' | number | backend_util.ExplicitPadding;
  readonly seed: number;
}

const padding = (most: number): fc.Arbitrary<Convolution['pad']> => {
  const side = fc.integer({ min: 0, max: most });
  return fc.oneof(
    fc.constant('same' as const),
    fc.constant('valid' as const),
    side,
    fc.tuple(side, side, side, side).map(([t, b, l, r]): backend_util.ExplicitPadding => [
      [0, 0],
      [t, b],
      [l, r],
      [0, 0],
    ]),
  );
};

/** Convolutions whose output is not empty. tfjs allows strides or dilations above 1, not both. */
export function convolutions({
  channels,
  outChannels,
  dilated = true,
  width = 11,
  filterSide = fc.integer({ min: 1, max: 7 }),
}: {
  channels: number;
  outChannels: number;
  dilated?: boolean;
  width?: number;
  filterSide?: fc.Arbitrary<number>;
}): fc.Arbitrary<Convolution> {
  const size = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });
  const steps = fc.oneof(
    fc.tuple(size(3), size(3)).map((strides) => ({ strides, dilations: [1, 1] satisfies [number, number] })),
    fc.tuple(size(dilated ? 3 : 1), size(dilated ? 3 : 1)).map((dilations) => ({ strides: [1, 1] satisfies [number, number], dilations })),
  );
  return fc
    .record({
      batch: size(4),
      height: size(11),
      width: size(width),
      filterHeight: filterSide,
      filterWidth: filterSide,
      inChannels: size(channels),
      outChannels: size(outChannels),
      steps,
      pad: padding(3),
      seed: fc.nat(),
    })
    .map(
      ({
        batch,
        height,
        width,
        filterHeight,
        filterWidth,
        inChannels,
        outChannels: out,
        steps: { strides, dilations },
        pad,
        seed,
      }): Convolution => ({
        x: [batch, height, width, inChannels],
        filter: [filterHeight, filterWidth, inChannels, out],
        strides,
        dilations,
        pad,
        seed,
      }),
    )
    .filter((convolution) => {
      const { outHeight, outWidth } = geometryOf(convolution);
      return outHeight > 0 && outWidth > 0;
    });
}

export function geometryOf({ x, filter, strides, dilations, pad }: Convolution, depthwise = false): backend_util.Conv2DInfo {
  return backend_util.computeConv2DInfo(x, filter, strides, dilations, pad, 'floor', depthwise);
}
