import { streamKey } from '@downhill/core';
import { expectedDepth, linearDecay, stochasticDepth } from '@downhill/regularization';
import { ones } from '@tensorflow/tfjs-core';
import type { Depth } from './regularization-protocol.ts';
import { STEPS_SHOWN, type RegularizationState } from './regularization-state.ts';

/** Which blocks of a deep residual network are kept, at a step and those after it. */
export function residualDepth({
  blocks,
  survival: lastSurvival,
  convention,
  seed,
  step,
}: Pick<RegularizationState, 'blocks' | 'survival' | 'convention' | 'seed' | 'step'>): Depth {
  const survival = linearDecay({ layers: blocks, lastSurvival, convention });
  const factorsAt = (training: number): readonly number[] =>
    survival.map((chance, block) => branchFactor(1 - chance, streamKey(seed, 'stochasticDepth', block, training)));
  const steps = Array.from({ length: STEPS_SHOWN }, (_, i) => factorsAt(step + i));
  return {
    survival,
    factors: steps[0] ?? [],
    expected: expectedDepth(survival),
    steps: steps.map((factors) => factors.map((factor) => factor > 0)),
  };
}

/** What stochastic depth makes of a branch of one: 0 where it is left out, else what it is scaled by. */
function branchFactor(rate: number, key: ReturnType<typeof streamKey>): number {
  const branch = ones([1, 1]);
  const left = stochasticDepth(branch, { rate, key, mode: 'batch' });
  const [factor = Number.NaN] = left.dataSync();
  branch.dispose();
  left.dispose();
  return factor;
}
