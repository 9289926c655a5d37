import type { Descent } from './descend.ts';

/** Learning rates that are tried: these first, then those half a decade from the best of them. */
export const RATES: readonly number[] = [0.01, 0.1, 0.001, 1, 1e-4, 10, 100];

/** Seeds to tune a learning rate on; those that are reported count from 1. */
export const tuningSeeds = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => 1001 + index);

/** Tries a learning rate with a seed, for so many steps at most. */
export type Try = (learningRate: number, seed: number, mostSteps: number) => Promise<Descent>;

/** What is tried. */
export interface Tuning {
  readonly mostSteps: number;
  readonly rates: readonly number[];
  readonly seeds: readonly number[];
}

/** A learning rate, and how the worst of its runs went. */
interface Tried {
  readonly learningRate: number;
  readonly steps: number;
  readonly loss: number;
}

/**
 * The learning rate that reaches the target soonest, and where none does, the one that comes nearest to it. What is slower than the best so far
 * is cut short there.
 */
export async function tune(attempt: Try, { mostSteps, rates, seeds }: Tuning): Promise<number> {
  let best: Tried = { learningRate: rates[0] ?? Number.NaN, steps: Infinity, loss: Infinity };
  const consider = async (learningRate: number): Promise<void> => {
    const tried = await worstOf(attempt, learningRate, seeds, Math.min(best.steps, mostSteps));
    if (tried.steps < best.steps || (tried.steps === Infinity && best.steps === Infinity && tried.loss < best.loss)) best = tried;
  };
  for (const rate of rates) await consider(rate);
  const middle = best.learningRate;
  for (const rate of [middle * HALF_DECADE, middle / HALF_DECADE]) await consider(Number(rate.toPrecision(1)));
  return best.learningRate;
}

const HALF_DECADE = Math.sqrt(10);

async function worstOf(attempt: Try, learningRate: number, seeds: readonly number[], mostSteps: number): Promise<Tried> {
  let worst: Tried = { learningRate, steps: 0, loss: 0 };
  for (const seed of seeds) {
    const { steps, loss } = await attempt(learningRate, seed, mostSteps);
    worst = {
      learningRate,
      steps: Math.max(worst.steps, steps ?? Infinity),
      loss: Math.max(worst.loss, Number.isNaN(loss) ? Infinity : loss),
    };
    if (worst.steps === Infinity) break;
  }
  return worst;
}
