import { checkNumber, checkOneOf, checkSchedule, type ScheduleLike } from '@downhill/core';
import type { DescentOptions, LineSearchName } from './descend.ts';

/** Options of {@link newton}, and of `bfgs` and `lbfgs` with them; defaults from PyTorch's `LBFGS`. */
export interface SecondOrderOptions {
  /** The share of the step that is tried first, at least 0. @defaultValue 1 (PyTorch) */
  learningRate?: ScheduleLike;
  /** Iterations a step, each with a direction of its own. @defaultValue 20 (PyTorch) */
  maxIterations?: number;
  /** A step ends where no gradient is larger than this. @defaultValue 1e-7 (PyTorch) */
  toleranceGradient?: ScheduleLike;
  /** A step ends where neither the loss nor any weight changes by more than this. @defaultValue 1e-9 (PyTorch) */
  toleranceChange?: ScheduleLike;
  /**
   * How far to go along a direction. `'strongWolfe'`: where the loss is lower and flatter; `'backtracking'`: shorter until it is lower; `'none'`: the
   * learning rate, come what may. @defaultValue 'strongWolfe' (SciPy's `BFGS`; PyTorch has none unless it is asked for)
   */
  lineSearch?: LineSearchName;
}

/** Options that {@link bfgs} and {@link lbfgs} share. */
export interface QuasiNewtonOptions extends SecondOrderOptions {
  /** Evaluations of the loss after which a step begins no other iteration. @defaultValue 1.25 times `maxIterations`, rounded down (PyTorch) */
  maxEvaluations?: number;
}

export const secondOrderDefaults: Required<SecondOrderOptions> = {
  learningRate: 1,
  maxIterations: 20,
  toleranceGradient: 1e-7,
  toleranceChange: 1e-9,
  lineSearch: 'strongWolfe',
};

/** PyTorch's `max_iter * 5 // 4`. */
export const evaluationsFor = (options: SecondOrderOptions): number =>
  Math.floor(((options?.maxIterations ?? secondOrderDefaults.maxIterations) * 5) / 4);

/** @throws DownhillError `invalid-argument` */
export function checkSecondOrder(
  source: string,
  { learningRate, maxIterations, toleranceGradient, toleranceChange, lineSearch }: Required<SecondOrderOptions>,
): void {
  checkSchedule(source, { learningRate, toleranceGradient, toleranceChange }, { min: 0 });
  checkNumber(source, { maxIterations }, { min: 1, integer: true });
  checkOneOf(source, 'lineSearch', lineSearch, ['strongWolfe', 'backtracking', 'none']);
}

/** Losses are float32, and near a minimum their last bit is all that differs. */
const ROUNDING = 2 ** -23;

/** The options of a step: numbers that may be schedules come from the step's scalars. */
export const descentOptions = (
  { learningRate = 0, toleranceGradient = 0, toleranceChange = 0 }: Readonly<Record<string, number>>,
  {
    maxIterations,
    maxEvaluations = Infinity,
    lineSearch,
  }: { readonly maxIterations: number; readonly maxEvaluations?: number; readonly lineSearch: LineSearchName },
): DescentOptions => ({ learningRate, toleranceGradient, toleranceChange, maxIterations, maxEvaluations, lineSearch, rounding: ROUNDING });
