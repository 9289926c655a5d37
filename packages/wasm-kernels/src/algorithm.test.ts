import { describe, expect, test } from 'vitest';
import { geometryOf } from '../test/arbitrary.ts';
import { tileSizeFor } from './algorithm.ts';

/** A convolution with padding 'same'. */
const shape = (
  x: [number, number, number, number],
  outChannels: number,
  {
    filter = [3, 3],
    strides = [1, 1],
    dilations = [1, 1],
  }: { filter?: [number, number]; strides?: [number, number]; dilations?: [number, number] } = {},
): ReturnType<typeof geometryOf> => geometryOf({ x, filter: [...filter, x[3], outChannels], strides, dilations, pad: 'same', seed: 0 });

const winograd = { convolution: 'winograd' } as const;

describe('the algorithm of a convolution', () => {
  test.each([
    { why: 'a wide image', x: [64, 32, 32, 16], outChannels: 16, size: 4 },
    { why: 'edge tiles that reach over a little', x: [64, 14, 14, 32], outChannels: 64, size: 4 },
    { why: 'many channels', x: [4, 7, 7, 256], outChannels: 256, size: 4 },
    { why: 'an image no larger than a tile of 2', x: [64, 2, 2, 64], outChannels: 64, size: 2 },
    { why: 'a filter that tiles of 4 would make too large', x: [16, 14, 14, 512], outChannels: 512, size: 2 },
    { why: 'one input channel, whose transforms would cost more than they save', x: [64, 28, 28, 1], outChannels: 8, size: undefined },
    { why: 'one small image', x: [1, 3, 3, 1], outChannels: 1, size: undefined },
    { why: 'fewer pixels than pay for the transform of the filter', x: [1, 3, 3, 128], outChannels: 128, size: undefined },
    { why: 'a filter too large for tiles of 2 as well', x: [16, 14, 14, 1024], outChannels: 1024, size: undefined },
  ] as const)('$why: tiles of $size', ({ x, outChannels, size }) => {
    expect(tileSizeFor(shape([...x], outChannels), winograd)).toBe(size);
  });

  test.each([
    { why: 'another filter', options: { filter: [5, 5] as [number, number] } },
    { why: 'a filter that is not square', options: { filter: [3, 1] as [number, number] } },
    { why: 'strides', options: { strides: [1, 2] as [number, number] } },
    { why: 'dilations', options: { dilations: [2, 1] as [number, number] } },
  ])('direct sums for $why', ({ options }) => {
    expect(tileSizeFor(shape([64, 32, 32, 16], 16, options), winograd)).toBeUndefined();
  });

  test('direct sums wherever the user chose them', () => {
    expect(tileSizeFor(shape([64, 32, 32, 16], 16), { convolution: 'direct' })).toBeUndefined();
  });
});
