import { checkNumber, kernelsOnly, type Mask } from '@downhill/core';
import { makePenalty, type Penalty } from './penalty.ts';
import { powers } from './powers.ts';

/**
 * The L2 penalty (ridge): pulls every weight towards 0 in proportion to its size.
 *
 *     value = factor Σw²        gradient = 2 factor w
 *
 * Keras's `L2`: no ½, so `l2(λ / 2)` is what PyTorch's `weight_decay: λ` and `decayWeights(λ)` before the rule are.
 *
 * **It is not decoupled weight decay.** Under plain SGD both are the same: `chain(l2(λ / 2), sgd())` moves as
 * `sgdw({ weightDecay: λ })`. Under Adam and its kin the penalty's gradient is divided by √v like any other: weights with
 * large gradients hardly decay, and those without any move by the learning rate a step, whatever λ is. `adamw` takes the
 * same share η λ of every weight (Loshchilov & Hutter 2019, arXiv:1711.05101). With η = 0.001 and λ = 0.1, 1000 steps turn
 * weights of 1 whose gradients sway by ±1 and by ±0.01 into 0.90 and 0.90 under `adamw`, and into 0.90 and 0.26 under Adam
 * with the penalty (`tooling/integration/src/l2-and-weight-decay.test.ts`). With an adaptive rule prefer `adamw`.
 *
 * Where the factor is to change over the run, `decayWeights(schedule, mask)` of `@downhill/optimizers`, first in the chain, is the penalty of half the schedule.
 *
 * @param factor At least 0. Keras's default is 0.01.
 * @param mask Which weights it acts on; `kernelsOnly`, the default, leaves biases and norms out.
 *
 * @example
 * const rule = l2(0.25);
 * rule.value(tf.tensor1d([2, -4])).dataSync()[0]; // 5
 *
 * @throws DownhillError `invalid-argument` where `factor` is negative or the mask is none.
 */
export function l2(factor: number, mask: Mask = kernelsOnly): Penalty {
  checkNumber('l2', { factor }, { min: 0 });
  return makePenalty({ name: 'l2', config: [factor, mask], mask, ...powers({ l1: 0, l2: factor }) });
}
