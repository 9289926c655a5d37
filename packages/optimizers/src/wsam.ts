import {
  add,
  chain,
  checkSchedule,
  checkTransforms,
  complete,
  DownhillError,
  mul,
  named,
  transform,
  zeros,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';
import { add as plus, mul as times, sub, type Tensor } from '@tensorflow/tfjs-core';
import { ascend, type Ascent, type Gradients } from './ascent.ts';
import { samDefaults, type SamOptions } from './sam.ts';

/** Options of {@link wsam}; defaults from the authors' code. */
export interface WsamOptions extends SamOptions {
  /** γ: how much sharpness weighs, in [0, 1): 0 is the inner transform alone, 0.5 is SAM. @defaultValue 0.9 (the authors) */
  gamma?: ScheduleLike;
  /** The inner transform sees the plain gradient, and sharpness is taken off apart, times the learning rate. @defaultValue true (the authors) */
  decouple?: boolean;
}

/**
 * Weighted sharpness-aware minimization: sharpness as a penalty of its own, with a weight.
 *
 *     α = γ / (1 − γ)        gₛ the gradient of {@link sam}
 *     wₜ = wₜ₋₁ − inner(α gₛ + (1 − α) g)        decoupled: wₜ = wₜ₋₁ − inner(g) − η α (gₛ − g)
 *
 * Yue et al. 2023, algorithms 1 and 2 (arXiv:2305.15817). Works where {@link sam} does. Slots, decoupled: `sharpness`.
 *
 * @example
 * const rule = wsam(sgd({ learningRate: 0.1 }), { gamma: 0.8 });
 * rule.name; // 'wsam'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range, and for `decouple` around what does not end in a learning rate.
 */
export function wsam(inner: Transform, options: WsamOptions = {}): Transform {
  checkTransforms('wsam', [inner]);
  const config = complete('wsam', options, { ...samDefaults, gamma: 0.9, decouple: true });
  const { rho, epsilon, gamma, adaptive, decouple } = config;
  checkSchedule('wsam', { rho, epsilon }, { min: 0 });
  checkSchedule('wsam', { gamma }, { min: 0, below: 1 });
  const shared = {
    name: 'wsam',
    config,
    numbers: { rho, epsilon, gamma },
    scalars: (_: unknown, now: { readonly gamma: number }) => ({ alpha: now.gamma / (1 - now.gamma) }),
  };
  if (!decouple) {
    const look = transform<never, 'alpha', Tensor, 'rho' | 'epsilon' | 'gamma'>({
      ...shared,
      gradients(access) {
        const { alpha = 0 } = access.scalars;
        return blend(ascend(access, adaptive), (plain, perturbed) => plus(times(perturbed, alpha), times(plain, 1 - alpha)));
      },
    });
    return named('wsam', [inner, config], chain(look, inner));
  }
  const look = transform<'sharpness', 'alpha', Tensor, 'rho' | 'epsilon' | 'gamma'>({
    ...shared,
    slots: { sharpness: zeros },
    gradients(access) {
      const ascent = ascend(access, adaptive);
      const sharpness = blend(ascent, (plain, perturbed) => sub(perturbed, plain));
      for (const { name } of access.parameters) if (sharpness[name] !== undefined) access.setSlot(name, 'sharpness', sharpness[name]);
      return ascent.plain;
    },
    update: (u, { slots, scalars }) => add(u, mul(slots.sharpness, scalars.alpha)),
  });
  return named('wsam', [inner, config], beforeLearningRate(inner, look));
}

/** Of the two gradients of each parameter that was moved; the plain one of the others. */
const blend = ({ plain, perturbed }: Ascent, how: (plain: Tensor, perturbed: Tensor) => Tensor): Gradients =>
  Object.fromEntries(
    Object.entries(plain).map(([name, g]) => {
      const there = perturbed[name] ?? g;
      return [name, there === g ? g : how(g, there)];
    }),
  );

/** Puts a rule where the learning rate is still to come. */
function beforeLearningRate(inner: Transform, rule: Transform): Transform {
  const last = inner.parts.at(-1);
  if (last?.rule.name === 'scaleByLearningRate') return { ...inner, parts: [...inner.parts.slice(0, -1), ...rule.parts, last] };
  throw new DownhillError({
    code: 'invalid-argument',
    source: 'wsam',
    problem: `\`decouple\` takes a transform that ends in its learning rate, got ${inner.name}`,
    advice: 'Wrap sgd or adamw alone, or pass decouple: false.',
  });
}
