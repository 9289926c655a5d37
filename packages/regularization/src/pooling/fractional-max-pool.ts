import { checkNumber, checkOneOf, DownhillError, randomStream, show, subKey, type Key } from '@downhill/core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { checkKey } from '../dropout/randomness.ts';
import { maxOverRegions, type PlaneRegions, type PoolingRegions } from './max-over-regions.ts';
import { pseudorandomBoundaries, randomBoundaries, regionsBetween, sampledRegions, type PooledAxis, type Region } from './regions.ts';

/** How regions are chosen: by one number an axis, by shuffled steps, or as PyTorch samples them for each image and channel. */
export type RegionKind = 'pseudorandom' | 'random' | 'sampled';

/** What a fractional pooling is, apart from its random numbers. */
export interface FractionalPooling {
  /** Input by output, at least 1, for height and width: the windows need not be square. The output is ⌊input / ratio⌋. */
  readonly ratio: number | readonly [height: number, width: number];
  /** @defaultValue 'pseudorandom' (Graham 2014 finds it as good as `random` or better with augmentation) */
  readonly regions?: RegionKind;
  /** Of `pseudorandom` and `random`: whether neighbours share a row or column. @defaultValue true (Graham 2014 finds it better) */
  readonly overlapping?: boolean;
  /** Of `sampled`: the length of the regions, for both axes or each. @defaultValue 2 */
  readonly kernel?: number | readonly [height: number, width: number];
}

/** Options of {@link fractionalMaxPool}. */
export interface FractionalMaxPoolOptions extends FractionalPooling {
  /** Where the regions come from: a new key, new regions. */
  readonly key: Key;
}

const KINDS = ['pseudorandom', 'random', 'sampled'] as const;

/** The options with their defaults, an entry an axis. @throws DownhillError `invalid-argument` */
export function checkPooling(
  source: string,
  { ratio, regions = 'pseudorandom', overlapping = true, kernel = 2 }: FractionalPooling,
): {
  readonly ratio: readonly [number, number];
  readonly regions: RegionKind;
  readonly overlapping: boolean;
  readonly kernel: readonly [number, number];
} {
  checkOneOf(source, 'regions', regions, KINDS);
  const ratios = bothAxes(source, 'ratio', ratio);
  const kernels = bothAxes(source, 'kernel', kernel);
  checkNumber(source, { 'ratio[0]': ratios[0], 'ratio[1]': ratios[1] }, { min: 1 }, 'The ratio is input by output: 1.5 makes 12 of 18.');
  checkNumber(source, { 'kernel[0]': kernels[0], 'kernel[1]': kernels[1] }, { min: 1, integer: true });
  return { ratio: ratios, regions, overlapping, kernel: kernels };
}

function bothAxes(source: string, name: string, value: number | readonly [number, number]): readonly [number, number] {
  const [height, width, ...more] = Array.isArray(value) ? (value as readonly number[]) : [value as number, value as number];
  if (height !== undefined && width !== undefined && more.length === 0) return [height, width];
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`${name}\` must be one number, or one for height and one for width, got ${show(value)}`,
    advice: 'Write 1.5 or [1.5, 1.25].',
  });
}

/** The length of an axis after pooling. @throws DownhillError `invalid-argument` where nothing would be left. */
export function pooledLength(source: string, input: number, ratio: number): number {
  const output = Math.floor(input / ratio);
  if (output >= 1) return output;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`ratio\` must be at most the length of the axis, got ${ratio} for ${input}`,
  });
}

/**
 * Max pooling that shrinks by any factor, over regions that are drawn anew at each key: images `[batch, height, width, channels]` become
 * `[batch, ⌊height / ratio⌋, ⌊width / ratio⌋, channels]`.
 *
 * Graham 2014, "Fractional Max-Pooling", section 2 (arXiv:1412.6071): regions of one draw serve the whole batch. With `regions: 'sampled'` they
 * are those of `torch.nn.FractionalMaxPool2d`, drawn for each image and channel. The gradient goes to the first largest value of each region,
 * summed where regions overlap. {@link maxOverRegions} takes regions of your own.
 *
 * @example
 * const y = fractionalMaxPool(tf.ones([1, 9, 9, 2]), { ratio: 1.5, key: streamKey(1, 'pool') });
 * y.shape; // [1, 6, 6, 2]
 *
 * @throws DownhillError `invalid-argument` for a ratio below 1 or above the axis, or kernels that do not fit, or no key; `shape-mismatch` for another rank.
 */
export function fractionalMaxPool(x: Tensor, { key, ...options }: FractionalMaxPoolOptions): Tensor4D {
  checkKey('fractionalMaxPool', key);
  return maxOverRegions(x, drawRegions('fractionalMaxPool', x.shape, { ...options, key }));
}

/** The regions that a key draws for images of a shape. @throws DownhillError as {@link fractionalMaxPool} */
function drawRegions(source: string, shape: readonly number[], { key, ...options }: FractionalMaxPoolOptions): PoolingRegions {
  const { ratio, regions, overlapping, kernel } = checkPooling(source, options);
  const [batch = 0, height = 0, width = 0, channels = 0] = shape;
  if (shape.length !== 4)
    throw new DownhillError({
      code: 'shape-mismatch',
      source,
      problem: `\`x\` must be images [batch, height, width, channels], got shape [${shape.join(', ')}]`,
    });
  const rows: PooledAxis = { input: height, output: pooledLength(source, height, ratio[0]) };
  const columns: PooledAxis = { input: width, output: pooledLength(source, width, ratio[1]) };
  switch (regions) {
    case 'sampled': {
      const samples = randomStream(key);
      const plane = (i: number): PlaneRegions => ({
        rows: sampledRegions(rows, { kernel: kernel[0], sample: samples.uniformAt(2 * i) }),
        columns: sampledRegions(columns, { kernel: kernel[1], sample: samples.uniformAt(2 * i + 1) }),
      });
      return Array.from({ length: batch }, (_, n) => Array.from({ length: channels }, (__, c) => plane(n * channels + c)));
    }
    case 'random':
    case 'pseudorandom': {
      const along = (axis: PooledAxis, name: string): Region[] => {
        const stream = randomStream(subKey(key, name));
        return regionsBetween(regions === 'random' ? randomBoundaries(axis, stream) : pseudorandomBoundaries(axis, stream.uniformAt(0)), {
          overlapping,
        });
      };
      return { rows: along(rows, 'rows'), columns: along(columns, 'columns') };
    }
    default:
      return regions satisfies never;
  }
}
