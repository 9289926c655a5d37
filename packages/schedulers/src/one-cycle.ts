import { checkNumber, checkOneOf, complete, DownhillError, schedule, type Schedule } from '@downhill/core';
import { checkLength } from './check-length.ts';
import { along, type Anneal, type Corner } from './corners.ts';
import { REQUIRED } from './required.ts';

/** The cycle that a rate and a momentum share; defaults from PyTorch's `OneCycleLR`. */
export interface OneCycleShape {
  /** Optimizer steps of the whole run: whole, at least 1 (PyTorch's `total_steps`). */
  steps: number;
  /** The share of the run after which the turn comes, from 0 to 1, with three phases at most 0.5. @defaultValue 0.3 (PyTorch's `pct_start`) */
  rise?: number;
  /** By half a cosine or a line from turn to turn. @defaultValue 'cos' (PyTorch's `anneal_strategy`) */
  anneal?: Anneal;
  /** Whether the way back takes as long as the way out and the rest of the run follows it, as in the paper; else the way back takes all the rest. @defaultValue false (PyTorch) */
  threePhase?: boolean;
}

/** Options of {@link oneCycle}. */
export interface OneCycleOptions extends OneCycleShape {
  /** The highest value (PyTorch's `max_lr`). */
  peak: number;
  /** The value at step 0. @defaultValue `peak` / 25 (PyTorch's `div_factor`) */
  from?: number | undefined;
  /** The value of the last step, and from then on. @defaultValue `from` / 10,000 (PyTorch's `final_div_factor`) */
  to?: number | undefined;
}

/** Options of {@link oneCycleMomentum}. */
export interface OneCycleMomentumOptions extends OneCycleShape {
  /** The value at both ends, at least `low`. @defaultValue 0.95 (PyTorch's `max_momentum`) */
  high?: number;
  /** The value where the rate is highest. @defaultValue 0.85 (PyTorch's `base_momentum`) */
  low?: number;
}

const SHAPE = { steps: REQUIRED, rise: 0.3, anneal: 'cos', threePhase: false } as const;

/**
 * One rise to a high rate and one long fall to almost nothing: super-convergence.
 *
 *     η: from → peak → to            corners at 0, rise · steps − 1, steps − 1
 *     η: from → peak → from → to     corners at 0, rise · steps − 1, 2 · rise · steps − 2, steps − 1    (three phases)
 *
 * between corners by half a cosine or a line. Smith & Topin 2018 (arXiv:1708.07120); PyTorch's `OneCycleLR`. Steps are optimizer
 * steps, counted from 0. The turn may come between two steps; `to` is reached at the last step, `steps` − 1, and kept. Where `rise` is
 * too small for a step the run begins at `peak`; at 1 it ends there, and falls to `to` after. {@link oneCycleMomentum} is its twin.
 *
 * @example
 * const rate = oneCycle({ peak: 0.5, steps: 101, rise: 0.5, anneal: 'linear', to: 0 });
 * rate.at(0);   // 0.02
 * rate.at(100); // 0
 *
 * @throws DownhillError `invalid-argument` when `steps` is not a whole number of at least 1, `rise` is outside [0, 1], or above 0.5 with three phases,
 * `anneal` is another word, or a number is not finite.
 */
export function oneCycle(options: OneCycleOptions): Schedule {
  const defaults = { ...SHAPE, peak: REQUIRED, from: undefined, to: undefined } as const;
  const { peak, from: first, to: last, ...shape } = complete('oneCycle', options, defaults);
  checkNumber('oneCycle', { peak });
  const from = first === undefined ? peak / 25 : first;
  const to = last === undefined ? from / 1e4 : last;
  checkNumber('oneCycle', { from, to });
  return cycle('oneCycle', shape, [from, peak, to], { peak, from, to });
}

/**
 * The momentum of {@link oneCycle}: lowest where the rate is highest.
 *
 *     β: high → low → high            with the corners of the rate; in the third phase it stays at `high`
 *
 * Smith 2018, section 4.3 (arXiv:1803.09820); the `cycle_momentum` of PyTorch's `OneCycleLR`. For a rule's `momentum`, or the `beta1` of
 * Adam and its like, with the same `steps`, `rise`, `anneal` and `threePhase` as the rate's.
 *
 * @example
 * const momentum = oneCycleMomentum({ steps: 101, rise: 0.5 });
 * momentum.at(0);   // 0.95
 * momentum.at(100); // 0.95
 *
 * @throws DownhillError `invalid-argument` as {@link oneCycle}, and when `low` is above `high`.
 */
export function oneCycleMomentum(options: OneCycleMomentumOptions): Schedule {
  const { high, low, ...shape } = complete('oneCycleMomentum', options, { ...SHAPE, high: 0.95, low: 0.85 } as const);
  checkNumber('oneCycleMomentum', { high });
  checkNumber('oneCycleMomentum', { low }, { max: high });
  return cycle('oneCycleMomentum', shape, [high, low, high], { high, low });
}

function cycle(
  name: string,
  shape: Required<OneCycleShape>,
  [first, turn, last]: readonly [number, number, number],
  values: Readonly<Record<string, number>>,
): Schedule {
  const { steps, rise, anneal, threePhase } = shape;
  checkLength(name, { steps });
  checkNumber(name, { rise }, { min: 0, max: 1 });
  checkOneOf(name, 'anneal', anneal, ['cos', 'linear']);
  if (threePhase && rise > 0.5)
    throw new DownhillError({
      code: 'invalid-argument',
      source: name,
      problem: `\`rise\` must be at most 0.5 with \`threePhase\`, whose first two phases are alike, got ${rise}`,
      advice: 'Give a smaller share, or leave `threePhase` out.',
    });
  const up: Corner = [Math.max(0, rise * steps - 1), turn];
  const back: readonly Corner[] = threePhase ? [[Math.max(0, 2 * rise * steps - 2), first]] : [];
  const corners: readonly Corner[] = [[0, first], up, ...back, [steps - 1, last]];
  return schedule({ name, config: { ...values, ...shape }, at: (t) => along(corners, t, anneal) });
}
