import type { Geometry } from './geometry.ts';
import type { Settings } from './settings.ts';

/** The side of the output tiles that a convolution and its gradients are computed by: F(4x4, 3x3) or F(2x2, 3x3). */
export type TileSize = 4 | 2;

type Shape = Omit<Geometry, 'padInfo'>;

/*
 * Work is counted in multiplications and additions of the matrix product, and what else takes as long as so many of them. The numbers were
 * fitted to the times of 272 shapes, forward and filter gradient, on one thread of a Zen 4; nine in ten are off by less than a third.
 */

/** Work of the transforms for a channel of a tile (of the input and of the output), for a tile, and for a pair of channels of the filter. */
const TRANSFORMS = { 4: { channel: 250, tile: 2400, filter: 280 }, 2: { channel: 105, tile: 1400, filter: 140 } } as const;

/** Work of direct sums for an output pixel: for a pair of channels, for itself, and for an input channel (patches are gathered and packed). */
const DIRECT = { pair: 10, pixel: 360, channel: 8 } as const;

/** Tiles must save a tenth of the work to be worth their larger rounding errors. */
const WORTHWHILE = 0.9;

/** Fewer channels, on either side, fill too little of a vector. */
const FEWEST_CHANNELS = 3;

/** Bytes of a transformed filter that are not exceeded: 256 times 512 channels with tiles of 4. */
const MOST_FILTER_BYTES = 20 * 2 ** 20;

/**
 * The tiles by which a convolution is computed, or undefined for direct sums: whichever is estimated to be less work. Filters of 3 x 3
 * with stride 1 and no dilation have the choice. With many channels tiles of 4 do a quarter of the products, tiles of 2 do 4/9; with few
 * the transforms cost as much as they save. Tiles reach over the edge of the image, which counts where it is small: an output of 2 x 2
 * is one tile of 2.
 */
export function tileSizeFor(geometry: Shape, { convolution }: Settings): TileSize | undefined {
  if (convolution === 'direct' || !isThreeByThree(geometry) || fewestChannels(geometry) < FEWEST_CHANNELS) return undefined;
  const [best] = [4 as const, 2 as const]
    .filter((size) => filterBytes(geometry, size) <= MOST_FILTER_BYTES)
    .map((size) => ({ size, work: tiledWork(geometry, size) }))
    .toSorted((one, other) => one.work - other.work);
  return best !== undefined && best.work < WORTHWHILE * directWork(geometry) ? best.size : undefined;
}

const isThreeByThree = (g: Shape): boolean =>
  g.filterHeight === 3 &&
  g.filterWidth === 3 &&
  g.strideHeight === 1 &&
  g.strideWidth === 1 &&
  g.dilationHeight === 1 &&
  g.dilationWidth === 1;

const fewestChannels = (g: Shape): number => Math.min(g.inChannels, g.outChannels);

const values = (size: TileSize): number => (size + 2) ** 2;

const filterBytes = (g: Shape, size: TileSize): number => values(size) * g.inChannels * g.outChannels * 4;

function tiledWork(g: Shape, size: TileSize): number {
  const { channel, tile, filter } = TRANSFORMS[size];
  const tiles = g.batchSize * Math.ceil(g.outHeight / size) * Math.ceil(g.outWidth / size);
  const channels = vectors(g.inChannels) + panels(g.outChannels);
  return tiles * (values(size) * pairs(g) + channel * channels + tile) + filter * pairs(g);
}

function directWork(g: Shape): number {
  const pixels = g.batchSize * g.outHeight * g.outWidth;
  return pixels * (DIRECT.pair * pairs(g) + DIRECT.pixel + DIRECT.channel * g.inChannels);
}

const pairs = (g: Shape): number => g.inChannels * panels(g.outChannels);

/** Channels in whole vectors, and in whole panels of the matrix product. */
const vectors = (channels: number): number => Math.ceil(channels / 4) * 4;
const panels = (channels: number): number => Math.ceil(channels / 8) * 8;
