import { randomStream, streamKey } from '@downhill/core';
import {
  maxOverRegionsWithIndices,
  pseudorandomBoundaries,
  randomBoundaries,
  regionsBetween,
  sampledRegions,
  type PooledAxis,
  type Region,
} from '@downhill/regularization';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { Pixels } from '../charts/pixels.ts';
import { activationColour, mosaic } from './maps-pixels.ts';
import type { Pooled } from './regularization-protocol.ts';
import type { RegularizationState } from './regularization-state.ts';

/** PyTorch's usual one. */
const KERNEL = 2;

type Settings = Pick<RegularizationState, 'ratio' | 'regions' | 'overlapping' | 'seed' | 'step'>;

/** A picture `[1, height, width, 1]` pooled over regions that are drawn for a step, with the regions and where their largest values are. */
export function pooledPicture(image: Tensor4D, settings: Settings): Pooled {
  const [, height, width] = image.shape;
  const rows = regionsAlong({ input: height, output: Math.floor(height / settings.ratio) }, settings, 'rows');
  const columns = regionsAlong({ input: width, output: Math.floor(width / settings.ratio) }, settings, 'columns');
  const { values, indices } = maxOverRegionsWithIndices(image, { rows, columns });
  const pooled = {
    image: grayscale(image.dataSync(), height, width),
    rows,
    columns,
    places: [...indices.dataSync()],
    values: [...values.dataSync()],
    result: grayscale(values.dataSync(), rows.length, columns.length),
  };
  values.dispose();
  indices.dispose();
  return pooled;
}

function regionsAlong(axis: PooledAxis, { regions, overlapping, seed, step }: Settings, name: string): readonly Region[] {
  const stream = randomStream(streamKey(seed, 'fractionalMaxPool', name, step));
  switch (regions) {
    case 'pseudorandom':
      return regionsBetween(pseudorandomBoundaries(axis, stream.uniformAt(0)), { overlapping });
    case 'random':
      return regionsBetween(randomBoundaries(axis, stream), { overlapping });
    case 'sampled':
      return sampledRegions(axis, { kernel: KERNEL, sample: stream.uniformAt(0) });
    default:
      return regions satisfies never;
  }
}

const grayscale = (values: ArrayLike<number>, height: number, width: number): Pixels =>
  mosaic({ values, height, width, count: 1 }, activationColour(1));
