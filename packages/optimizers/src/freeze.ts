import { checkMask, masked, named, transform, type Mask, type Transform } from '@downhill/core';

/**
 * Keeps weights as they are to the bit, whatever else is in the chain and wherever in it this stands: no rule moves them, decays them or
 * keeps slots of them, their gradients count in no norm, and `minimize` and `model.fit` do not compute them.
 *
 *     wₜ = wₜ₋₁
 *
 * PyTorch's `requires_grad = False`, Keras' `trainable = false`, as part of the optimizer. Statistics that layers keep themselves (those of
 * batch normalization) are no weights of an optimizer and go on.
 *
 * @param mask What stays; without one all does, as one of the transforms of `partition`.
 *
 * @example
 * const rule = freeze({ names: ['backbone/*'] });
 * rule.name; // 'freeze'
 *
 * @throws DownhillError `invalid-argument` where the mask is none; at the first step `unknown-name` where it takes no weight.
 */
export function freeze(mask?: Mask): Transform {
  const rule = transform({ name: 'freeze', config: [], freezes: true, mustAct: true, cannotSolve: 'any' });
  if (mask === undefined) return rule;
  checkMask('freeze', mask);
  return named('freeze', [mask], masked(rule, mask));
}
