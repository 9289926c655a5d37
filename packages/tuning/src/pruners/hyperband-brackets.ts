import { checkNumber, complete } from '@downhill/core';
import { resourceAt } from './rungs.ts';

/** Options of {@link hyperbandBrackets}. */
export interface HyperbandBracketsOptions {
  /** R: what one configuration may use at most, in units of the smallest amount, from 1 on. */
  readonly maxResource: number;
  /** η: one in so many goes on, a whole number from 2 on. @defaultValue 3 (the paper's) */
  readonly reductionFactor?: number;
}

/** One round of successive halving. */
export interface HyperbandBracket {
  /** How many halvings it has; the bracket that starts with most configurations has most. */
  readonly s: number;
  readonly rungs: readonly HyperbandRung[];
}

export interface HyperbandRung {
  /** nᵢ: how many run here. */
  readonly configurations: number;
  /** rᵢ: how far each of them runs. */
  readonly resource: number;
}

/** ⌊log(of) / log(base)⌋ without logarithms, which round 243 and 3 to below 5. */
export function wholeLog(of: number, base: number): number {
  let [power, exponent] = [base, 0];
  for (; power <= of; power *= base) exponent += 1;
  return exponent;
}

/**
 * The brackets of Hyperband, the one that explores most first.
 *
 *     sₘₐₓ = ⌊log_η R⌋,   n = ⌈(sₘₐₓ + 1) ηˢ / (s + 1)⌉,   nᵢ = ⌊n η⁻ⁱ⌋,   rᵢ = R ηⁱ⁻ˢ
 *
 * Li et al. 2018, algorithm 1 (arXiv:1603.06560).
 *
 * @example
 * const [first] = hyperbandBrackets({ maxResource: 9 });
 * first.rungs[1]; // { configurations: 3, resource: 3 }
 *
 * @throws DownhillError `invalid-argument` for a resource below 1 or a factor that is not whole and at least 2.
 */
export function hyperbandBrackets(options: HyperbandBracketsOptions): readonly HyperbandBracket[] {
  const { maxResource, reductionFactor: eta } = complete('hyperbandBrackets', options, { maxResource: Number.NaN, reductionFactor: 3 });
  checkNumber('hyperbandBrackets', { maxResource }, { min: 1 }, 'What one configuration may use at most, such as epochs.');
  checkNumber('hyperbandBrackets', { reductionFactor: eta }, { min: 2, integer: true });
  const most = wholeLog(maxResource, eta);
  return Array.from({ length: most + 1 }, (_, bracket) => {
    const s = most - bracket;
    const configurations = allocation(most + 1, s, eta);
    return {
      s,
      rungs: Array.from({ length: s + 1 }, (_, i) => ({
        configurations: Math.floor(configurations / resourceAt({ first: 1, factor: eta }, i)),
        resource: maxResource / resourceAt({ first: 1, factor: eta }, s - i),
      })),
    };
  });
}

/** n of algorithm 1. */
export const allocation = (brackets: number, s: number, eta: number): number =>
  Math.ceil((brackets * resourceAt({ first: 1, factor: eta }, s)) / (s + 1));
