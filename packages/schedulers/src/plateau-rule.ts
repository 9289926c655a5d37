import { checkNumber, checkOneOf, numberFromJson, numberToJson, type Json } from '@downhill/core';

/** When a plateau counts; names and defaults from PyTorch's `ReduceLROnPlateau`. */
export interface PlateauOptions {
  /** Reports without improvement that are put up with, at least 0: the one after them reduces. @defaultValue 10 (PyTorch) */
  readonly patience?: number;
  /** How much better than the best a report must be, at least 0. @defaultValue 1e-4 (PyTorch) */
  readonly threshold?: number;
  /** Whether `threshold` is a share of the best, or an amount. @defaultValue 'rel' (PyTorch) */
  readonly thresholdMode?: 'rel' | 'abs';
  /** Reports after a reduction that do not count against patience, at least 0. @defaultValue 0 (PyTorch) */
  readonly cooldown?: number;
}

/** The options where nothing is said. */
export const PLATEAU: Required<PlateauOptions> = Object.freeze({ patience: 10, threshold: 1e-4, thresholdMode: 'rel', cooldown: 0 });

/** How long it has not become better. */
export interface Plateau {
  /** The best report; null before the first. */
  readonly best: number | null;
  /** Reports in a row that were not better, those in a cooldown left out. */
  readonly wait: number;
  /** Reports for which the cooldown goes on. */
  readonly cooldown: number;
}

/** The plateau as a state and a pure function of it. */
export interface PlateauRule {
  readonly start: Plateau;
  /** The state after a report, and whether it is time to reduce. */
  next(state: Plateau, metric: number): { readonly state: Plateau; readonly reduce: boolean };
}

/** PyTorch's decision: NaN is better than nothing, not even than no report. */
export function plateauRule(source: string, direction: 'min' | 'max', options: Required<PlateauOptions>): PlateauRule {
  const { patience, threshold, thresholdMode, cooldown } = options;
  checkNumber(source, { patience, cooldown }, { min: 0, integer: true });
  checkNumber(source, { threshold }, { min: 0 });
  checkOneOf(source, 'thresholdMode', thresholdMode, ['rel', 'abs']);
  const sign = direction === 'min' ? -1 : 1;
  const bar = (best: number): number => (thresholdMode === 'rel' ? best * (1 + sign * threshold) : best + sign * threshold);
  const better = (metric: number, best: number | null): boolean => sign * metric > sign * (best === null ? -sign * Infinity : bar(best));
  return {
    start: { best: null, wait: 0, cooldown: 0 },
    next(state, metric) {
      const improved = better(metric, state.best);
      const cooling = state.cooldown > 0;
      const wait = improved || cooling ? 0 : state.wait + 1;
      const reduce = wait > patience;
      const left = cooling ? state.cooldown - 1 : 0;
      return {
        state: { best: improved ? metric : state.best, wait: reduce ? 0 : wait, cooldown: reduce ? cooldown : left },
        reduce,
      };
    },
  };
}

export const plateauToJson = (state: Plateau): Json => ({ ...state, best: numberToJson(state.best) });

export function plateauFromJson(json: Json): Plateau {
  const { best, ...rest } = json as Omit<Plateau, 'best'> & { readonly best: number | string | null };
  return { ...rest, best: numberFromJson(best) };
}
