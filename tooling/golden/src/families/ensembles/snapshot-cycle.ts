import { cycleEnds, snapshotCosine } from '@downhill/schedulers';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';

interface CycleCase {
  readonly config: { readonly initial: number; readonly iterations: number; readonly cycles: number };
  readonly input: unknown;
  readonly expected: { readonly learningRate: TensorData; readonly snapshotAfter: readonly number[] };
}

export const snapshotCycleFile: Replay = replayOf<CycleCase>(({ config: { initial, iterations: steps, cycles }, expected }, compare) => {
  const rate = snapshotCosine({ from: initial, steps, cycles });
  const rates = Array.from({ length: steps }, (_, t) => rate.at(t));
  compare.relative('learning rate', rates, expected.learningRate, 1e-8); // written with 9 digits
  compare.same('snapshots', cycleEnds({ steps, cycles }), expected.snapshotAfter);
});
