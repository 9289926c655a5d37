import { DownhillError } from '@downhill/core';
import { withGradient } from '@downhill/tfjs';
import {
  add,
  argMax,
  floorDiv,
  gather,
  isNaN,
  mul,
  range,
  reshape,
  scalar,
  scatterND,
  sub,
  tensor,
  tidy,
  where,
  type Rank,
  type Tensor,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Region } from './regions.ts';

/** The rectangles that a plane is pooled over: every region of rows with every region of columns. */
export interface PlaneRegions {
  readonly rows: readonly Region[];
  readonly columns: readonly Region[];
}

/** The same rectangles for all planes, or `[image][channel]`. */
export type PoolingRegions = PlaneRegions | readonly (readonly PlaneRegions[])[];

/**
 * The largest value of each rectangle of images `[batch, height, width, channels]`; the gradient goes to where it was.
 *
 * The first of equal values in the order of rows, as in PyTorch; a NaN counts as the largest. Of images all of whose planes have the same number of regions.
 *
 * @example
 * const rows = [{ begin: 0, end: 2 }];
 * const y = maxOverRegions(tf.tensor4d([1, 4, 3, 2], [1, 2, 2, 1]), { rows, columns: rows });
 * y.dataSync()[0]; // 4
 *
 * @throws DownhillError `shape-mismatch` where `x` has another rank or the regions are those of other images.
 */
export function maxOverRegions(x: Tensor, regions: PoolingRegions): Tensor4D {
  return tidy(() => {
    const { shape, places } = choose(x, regions);
    return reshape(valuesAt(x, places), shape);
  });
}

/**
 * {@link maxOverRegions} together with where in its plane each value was: row · width + column, int32.
 *
 * @example
 * const rows = [{ begin: 0, end: 2 }];
 * const { indices } = maxOverRegionsWithIndices(tf.tensor4d([1, 4, 3, 2], [1, 2, 2, 1]), { rows, columns: rows });
 * indices.dataSync()[0]; // 1
 *
 * @throws DownhillError as {@link maxOverRegions}.
 */
export function maxOverRegionsWithIndices(x: Tensor, regions: PoolingRegions): { values: Tensor4D; indices: Tensor4D } {
  return tidy(() => {
    const { shape, places } = choose(x, regions);
    const [, height = 1, width = 1, channels = 1] = x.shape;
    const image = mul(floorDiv(places, int(height * width * channels)), int(height * width));
    return {
      values: reshape<Rank.R4>(valuesAt(x, places), shape),
      indices: reshape<Rank.R4>(sub(floorDiv(places, int(channels)), image), shape),
    };
  });
}

/** The values of `x` at places of its flat row, each gradient added to where the value came from. */
function valuesAt(x: Tensor, places: Tensor): Tensor {
  const pick = withGradient((whole: Tensor) => ({
    value: gather(reshape(whole, [-1]), places),
    saved: [places],
    gradients: (dy, [from]) => [reshape(scatterND(reshape(from, [-1, 1]), dy, [whole.size]), whole.shape)],
  }));
  return pick(x);
}

/** Where in the flat row of `x` the first largest value of each rectangle is. */
function choose(x: Tensor, regions: PoolingRegions): { readonly shape: [number, number, number, number]; readonly places: Tensor } {
  const [batch, height, width, channels] = imageShape(x);
  const planes = isForAll(regions) ? [[regions]] : regions;
  checkPlanes(planes, isForAll(regions) ? undefined : [batch, channels]);
  for (const plane of planes.flat()) {
    checkInside('rows', plane.rows, height);
    checkInside('columns', plane.columns, width);
  }
  const [outputHeight, outputWidth] = [planes[0]?.[0]?.rows.length ?? 0, planes[0]?.[0]?.columns.length ?? 0];
  const candidates = Math.max(...planes.flat().map(largest));
  const outputs = outputHeight * outputWidth;
  // [images, outputs, candidates, channels], the first and last 1 where the regions are those of all planes.
  const table = new Int32Array(planes.length * outputs * candidates * (planes[0]?.length ?? 0));
  planes.forEach((ofChannels, n) =>
    ofChannels.forEach((plane, c) => {
      fillCandidates(plane, width, candidates, (output, k, place) => {
        table[((n * outputs + output) * candidates + k) * ofChannels.length + c] = place;
      });
    }),
  );
  const inPlane = tensor(table, [planes.length, outputs, candidates, planes[0]?.length ?? 0], 'int32');
  const ofImage = reshape(mul(range(0, batch, 1, 'int32'), int(height * width * channels)), [batch, 1, 1, 1]);
  const first = add(ofImage, reshape(range(0, channels, 1, 'int32'), [1, 1, 1, channels]));
  const places = reshape(add(mul(inPlane, int(channels)), first), [batch * outputs * candidates * channels]);
  const values = reshape(gather(reshape(x, [-1]), places), [batch * outputs, candidates, channels]);
  // Which candidate it is, as a place in the row of candidates.
  const ranked = where(isNaN(values), Infinity, values); // a NaN is the largest, so that it is not lost
  const chosen = mul(argMax(ranked, 1), int(channels));
  const rows = reshape(mul(range(0, batch * outputs, 1, 'int32'), int(candidates * channels)), [batch * outputs, 1]);
  const at = add(add(chosen, rows), reshape(range(0, channels, 1, 'int32'), [1, channels]));
  return { shape: [batch, outputHeight, outputWidth, channels], places: gather(places, reshape(at, [-1])) };
}

/** Names every place of every rectangle, row by row, up to the same number: the first place stands in for what a rectangle lacks. */
function fillCandidates(
  { rows, columns }: PlaneRegions,
  width: number,
  most: number,
  put: (output: number, k: number, place: number) => void,
): void {
  rows.forEach((row, i) =>
    columns.forEach((column, j) => {
      const output = i * columns.length + j;
      let k = 0;
      for (let y = row.begin; y < row.end; y++) for (let z = column.begin; z < column.end; z++) put(output, k++, y * width + z);
      while (k < most) put(output, k++, row.begin * width + column.begin);
    }),
  );
}

/** A plain number would make the product one of floats, which do not count beyond 2²⁴. */
const int = (value: number): Tensor => scalar(value, 'int32');

const lengths = (regions: readonly Region[]): number => Math.max(...regions.map(({ begin, end }) => end - begin));
const largest = ({ rows, columns }: PlaneRegions): number => lengths(rows) * lengths(columns);

const isForAll = (regions: PoolingRegions): regions is PlaneRegions => 'rows' in regions;

function imageShape(x: Tensor): [number, number, number, number] {
  if (x.rank === 4) return x.shape as [number, number, number, number];
  throw mismatch(`\`x\` must be images [batch, height, width, channels], got shape [${x.shape.join(', ')}]`);
}

function checkPlanes(planes: readonly (readonly PlaneRegions[])[], expected: readonly [number, number] | undefined): void {
  const sizes = new Set(planes.flat().map(({ rows, columns }) => `${rows.length} x ${columns.length}`));
  if (sizes.size !== 1) throw mismatch(`\`regions\` must be as many in every plane, got ${[...sizes].join(', ') || 'none'}`);
  if (expected === undefined) return;
  const [batch, channels] = expected;
  if (planes.length !== batch || planes.some((ofChannels) => ofChannels.length !== channels))
    throw mismatch(`\`regions\` must be [image][channel] for ${batch} images of ${channels} channels`);
}

function checkInside(name: string, regions: readonly Region[], length: number): void {
  const outside = regions.find(({ begin, end }) => !(begin >= 0 && begin < end && end <= length));
  if (outside !== undefined)
    throw mismatch(`\`${name}\` must be within 0 to ${length} and not empty, got ${outside.begin} to ${outside.end}`);
}

function mismatch(problem: string): DownhillError {
  return new DownhillError({ code: 'shape-mismatch', source: 'maxOverRegions', problem });
}
