import { checkMask, type Mask } from './mask.ts';
import { DownhillError } from './errors.ts';
import { checkNumber, show } from './check.ts';
import { isTransform, makeTransform, type Transform } from './transform.ts';
import type { PluginConfig } from './plugin.ts';

/**
 * Checks the arguments of what is made of other transforms.
 *
 * @throws DownhillError `invalid-argument` for anything but a transform.
 */
export function checkTransforms(source: string, transforms: readonly unknown[]): void {
  const wrong = transforms.find((item) => !isTransform(item));
  if (wrong === undefined && !transforms.includes(undefined)) return;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `takes transforms, got ${show(wrong)}`,
    advice: 'Pass what adamw(...), clipByGlobalNorm(1) and the like return.',
  });
}

/**
 * Passes the gradient through several transforms in turn. The result is still one kernel: a chain only grows the graph.
 *
 * @example
 * const half = transform({ name: 'half', config: {}, update: (g) => mul(g, 0.5) });
 * chain(half, half).parts.length; // 2
 */
export function chain(...transforms: readonly Transform[]): Transform {
  checkTransforms('chain', transforms);
  return makeTransform(
    'chain',
    transforms,
    transforms.flatMap(({ parts }) => parts),
  );
}

/**
 * Confines a transform to the parameters that a mask takes; the others pass it untouched.
 *
 * @throws DownhillError `invalid-argument` where the mask is none.
 */
export function masked(inner: Transform, mask: Mask): Transform {
  checkTransforms('masked', [inner]);
  checkMask('masked', mask);
  return makeTransform(
    'masked',
    [inner, mask],
    inner.parts.map((part) => ({ ...part, masks: [...part.masks, mask] })),
  );
}

/**
 * Lets a transform act at each `steps`-th step only: the gradient of the others passes it untouched. Its own steps, which its schedules and
 * bias corrections see, are those at which it acts.
 *
 * @example
 * const half = transform({ name: 'half', config: {}, update: (g) => mul(g, 0.5) });
 * everySteps(half, 10).parts[0].every; // 10
 *
 * @throws DownhillError `invalid-argument` where `steps` is not a whole number of at least 1, `unsupported` around `accumulate`, which counts
 *   the steps between.
 */
export function everySteps(inner: Transform, steps: number): Transform {
  checkTransforms('everySteps', [inner]);
  checkNumber('everySteps', { steps }, { min: 1, integer: true });
  const waiting = inner.parts.find(({ rule, every = 1 }) => rule.between !== undefined && every > 1);
  if (waiting !== undefined)
    throw new DownhillError({
      code: 'unsupported',
      source: 'everySteps',
      problem: `${waiting.rule.name} does something at the steps between those at which it acts, and would do it at too many`,
      advice: `Put everySteps into ${waiting.rule.name}, or give that one more steps.`,
    });
  return makeTransform(
    'everySteps',
    [inner, steps],
    inner.parts.map((part) => ({ ...part, every: (part.every ?? 1) * steps })),
  );
}

/**
 * Gives a chain the name and options of the factory that made it, so that it is saved and loaded as that:
 * `adamw({...})` stays `adamw` and need not be spelled out in its parts.
 */
export function named(name: string, config: PluginConfig, inner: Transform): Transform {
  return makeTransform(name, config, inner.parts);
}
