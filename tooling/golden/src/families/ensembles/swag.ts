import { swagPosterior, swagVariance } from '@downhill/ensembles';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';
import { rowsOf, valuesOf, weightsOf } from './weights-of.ts';

interface SwagCase {
  readonly config: { readonly maxRank: number; readonly scale: number };
  readonly input: { readonly weights: TensorData; readonly z1: TensorData; readonly z2: TensorData };
  readonly expected: Readonly<Record<'mean' | 'squareMean' | 'variance' | 'deviations' | 'sample' | 'diagonalSample', TensorData>>;
}

/** Weights are kept as float32. */
const TOLERANCE = 1e-6;

export const swagFile: Replay = replayOf<SwagCase>(({ config: { maxRank, scale }, input, expected }, compare) => {
  const posterior = swagPosterior({ maxRank });
  for (const values of rowsOf(input.weights)) posterior.collect(weightsOf([values.length], values));
  const moments = posterior.moments.get('model/w');
  if (moments === undefined) throw new Error('nothing was collected');
  compare.relative('mean', valuesOf(posterior.mean()), expected.mean, TOLERANCE);
  compare.relative('squareMean', moments.squareMean, expected.squareMean, TOLERANCE);
  compare.relative('variance', swagVariance(moments), expected.variance, TOLERANCE);
  const columns = moments.deviations;
  const deviations = Array.from(columns[0] ?? [], (_, i) => columns.map((column) => column[i] ?? Number.NaN)).flat();
  compare.relative('deviations', deviations, expected.deviations, TOLERANCE);
  const at = ({ data }: TensorData) => (i: number): number => data[i] ?? Number.NaN; // prettier-ignore
  const noise = { weights: at(input.z1), deviations: at(input.z2) };
  compare.relative('sample', valuesOf(posterior.sample({ scale, noise })), expected.sample, TOLERANCE);
  compare.relative('diagonal sample', valuesOf(posterior.sample({ scale, noise, diagonal: true })), expected.diagonalSample, TOLERANCE);
});
