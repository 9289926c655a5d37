import { haltonSequence, sobolSequence } from '@downhill/tuning';
import { replayOf, type Case, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';

interface QuasiRandomCase extends Case {
  readonly config: { readonly sequence: 'sobol' | 'halton'; readonly dimensions: number; readonly points: number; readonly skip: number };
  readonly expected: { readonly points: TensorData };
}

/** The files have nine digits. */
const DIGITS = 1e-9;

export const quasiRandom: Replay = replayOf<QuasiRandomCase>(({ config: { sequence, dimensions, points, skip }, expected }, compare) => {
  const at = { sobol: sobolSequence, halton: haltonSequence }[sequence](dimensions);
  const ours = Array.from({ length: points }, (_, i) => at(skip + i)).flat();
  compare.absolute('points', ours, expected.points, DIGITS);
});
