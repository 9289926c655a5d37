import { bootstrapCounts, outOfBagRows, outOfBagShare } from '@downhill/ensembles';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';

interface BootstrapCase {
  readonly config: { readonly samples: number; readonly draws: number };
  readonly input: { readonly indices?: TensorData };
  readonly expected: {
    readonly outOfBagFraction: number;
    readonly expectedUnique: number;
    readonly limitForEqualSizes: number;
    readonly outOfBag?: TensorData;
    readonly counts?: TensorData;
  };
}

/** Many enough examples to be at the limit, as far as the file's digits go. */
const MANY = 1e9;

export const bootstrapFile: Replay = replayOf<BootstrapCase>(({ config: { samples, draws }, input, expected }, compare) => {
  const share = outOfBagShare(samples, draws);
  compare.relative('outOfBagFraction', share, expected.outOfBagFraction, 1e-8);
  compare.relative('expectedUnique', samples * (1 - share), expected.expectedUnique, 1e-8);
  compare.relative('limitForEqualSizes', outOfBagShare(MANY), expected.limitForEqualSizes, 1e-6);
  if (input.indices === undefined) return;
  const drawn = input.indices.data;
  compare.same('outOfBag', [...outOfBagRows(drawn, samples)], expected.outOfBag?.data);
  compare.same('counts', [...bootstrapCounts(drawn, samples)], expected.counts?.data);
});
