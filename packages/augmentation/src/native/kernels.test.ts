import { randomStream, streamKey, type Border, type Interpolation, type Matrix3 } from '@downhill/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Image } from '../passes/image.ts';
import { portableKernels, type Kernels } from '../passes/kernels.ts';
import { nativeKernels } from './kernels.ts';

const native = (): Kernels => {
  const kernels = nativeKernels();
  if (kernels === undefined) throw new Error('no WebAssembly');
  return kernels;
};

/** Values from -1 to 2, some of them 0: what lies between a normalization and the next operation. */
function picture(height: number, width: number, channels: number, seed: number): Image {
  const numbers = randomStream(streamKey(seed, 'picture'));
  const data = Float32Array.from({ length: height * width * channels }, (_, i) =>
    numbers.integerBelow(i, 8) === 0 ? 0 : 3 * numbers.uniformAt(i) - 1,
  );
  return { height, width, channels, data };
}

const side = fc.integer({ min: 1, max: 13 });
const number = (most: number): fc.Arbitrary<number> => fc.double({ min: -most, max: most, noNaN: true });

const bits = ({ data, ...size }: Image): object => ({ ...size, data: [...Float32Array.from(data)] });

describe('kernels in WebAssembly have the bits of those in JavaScript', () => {
  test('resampling: any matrix, border, interpolation, window and displacement', () => {
    const kernels = native();
    const calls = fc.record({
      height: side,
      width: side,
      channels: fc.integer({ min: 1, max: 5 }),
      toHeight: side,
      toWidth: side,
      factors: fc.tuple(number(2), number(2), number(2), number(2)),
      shift: fc.tuple(number(9), number(9)),
      tilt: fc.tuple(number(0.01), number(0.01)),
      interpolation: fc.constantFrom<Interpolation>('nearest', 'bilinear', 'bicubic'),
      border: fc.constantFrom<Border>('constant', 'edge', 'reflect', 'symmetric', 'wrap'),
      fill: fc.option(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }), { nil: undefined }),
      coveredTwice: fc.boolean(),
      isDisplaced: fc.boolean(),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(
        calls,
        ({
          height,
          width,
          channels,
          toHeight,
          toWidth,
          factors: [a, b, d, e],
          shift: [c, f],
          tilt: [g, h],
          seed,
          isDisplaced,
          ...rest
        }) => {
          const image = picture(height, width, channels, seed);
          const pass = {
            kind: 'geometry' as const,
            matrix: [a, b, c, d, e, f, g, h, 1] satisfies Matrix3 as Matrix3,
            height: toHeight,
            width: toWidth,
            window: { left: 0, top: 0, right: width, bottom: Math.max(1, height - 1) },
            ...rest,
            ...(isDisplaced ? { displacement: picture(toHeight, toWidth, 2, seed + 1).data } : {}),
          };
          expect(bits(kernels.resample(kernels.take(image), pass))).toEqual(
            bits(portableKernels.resample(portableKernels.take(image), pass)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test('colour matrices, turns of the hue and contrast, one after the other and on images of growing size', () => {
    const kernels = native();
    const calls = fc.record({
      height: side,
      width: fc.integer({ min: 1, max: 200 }),
      matrix: fc.array(number(2), { minLength: 12, maxLength: 12 }),
      clamp: fc.boolean(),
      shift: number(0.5),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(calls, ({ height, width, matrix, clamp, shift, seed }) => {
        const run = ({ take, applyColour, applyPointwise, applyNeighbourhood }: Kernels): object => {
          const coloured = applyColour(take(picture(height, width, 3, seed)), { kind: 'colour', matrix, clamp: true }, 1);
          const turned = applyPointwise(coloured, { kind: 'pointwise', name: 'hue', shift }, 1);
          const stretched = applyNeighbourhood(turned, { kind: 'neighbourhood', name: 'contrast', factor: 1 + shift }, 1);
          return bits(applyColour(stretched, { kind: 'colour', matrix, clamp }, 1));
        };
        expect(run(kernels)).toEqual(run(portableKernels));
      }),
      { numRuns: 200 },
    );
  });

  test('leave the image that was given as it is, however often memory grows', () => {
    const kernels = native();
    for (const size of [4, 100, 16, 300]) {
      const image = picture(size, size, 3, size);
      const before = Float32Array.from(image.data);
      const taken = kernels.take(image);
      expect([...taken.data]).toEqual([...before]);
      kernels.applyPointwise(taken, { kind: 'pointwise', name: 'hue', shift: 0.2 }, 1);
      expect(image.data).toEqual(before);
    }
  });
});
