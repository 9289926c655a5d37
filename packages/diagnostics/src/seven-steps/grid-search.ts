import { checkNumber, complete, DownhillError, randomStream, show, streamKey } from '@downhill/core';
import { exp, log } from '@downhill/core/math';
import type { SearchDimension, SearchRequest, SearchResult, SearchSpace, SearchTrial, Settings } from './search.ts';
import { isStop } from './walk.ts';

/**
 * Tries the settings of a grid: all values of each choice, and of each interval as many as the budget has room for, evenly in their logarithm and
 * with both ends (one alone is the middle). Where the choices alone are more than the budget, a part of the grid is drawn from the seed.
 *
 * @example
 * const space = { rate: { kind: 'float', low: 0.01, high: 1, log: true }, decay: { kind: 'categorical', choices: [0, 1] } };
 * const evaluate = async ({ rate, decay }) => Math.abs(rate - 0.1) + decay;
 * const { best, trials } = await gridSearch({ space, evaluate, budget: 6, seed: 0 });
 * [trials.length, best.decay, Number(best.rate.toFixed(3))]; // [6, 0, 0.1]
 *
 * @returns What was found until the signal, where it asks to stop.
 * @throws DownhillError `invalid-argument` for a space or a budget that is none, and whatever `evaluate` throws.
 */
export async function gridSearch<Name extends string>(request: SearchRequest<Name>): Promise<SearchResult<Name>> {
  const { space, evaluate, budget, seed, signal } = complete('gridSearch', request, {
    space: undefined,
    evaluate: undefined,
    budget: undefined,
    seed: 0,
    signal: undefined,
  }) as SearchRequest<Name>;
  checkNumber('gridSearch', { budget }, { min: 1, integer: true });
  const trials: SearchTrial<Name>[] = [];
  for (const settings of chosen(gridOf(space, budget), budget, seed)) {
    if (signal?.aborted === true) break;
    try {
      trials.push({ settings, loss: await evaluate(settings) });
    } catch (error) {
      if (isStop(error, signal)) break;
      throw error;
    }
  }
  return { best: bestOf(trials)?.settings, trials };
}

/** The trial of the least loss; one whose loss is NaN is as bad as one whose loss is infinite. */
export function bestOf<Trial extends { readonly loss: number }>(trials: readonly Trial[]): Trial | undefined {
  const badness = ({ loss }: Trial): number => (Number.isNaN(loss) ? Infinity : loss);
  return trials.length === 0 ? undefined : trials.reduce((best, trial) => (badness(trial) < badness(best) ? trial : best));
}

function gridOf<Name extends string>(space: SearchSpace<Name>, budget: number): readonly Settings<Name>[] {
  const dimensions = Object.entries(space) as [Name, SearchDimension][];
  for (const [name, dimension] of dimensions) checkDimension(name, dimension);
  const counts = countsOf(
    dimensions.map(([, dimension]) => dimension),
    budget,
  );
  return dimensions.reduceRight<readonly Settings<Name>[]>(
    (grid, [name, dimension], i) =>
      valuesOf(dimension, counts[i] ?? 1).flatMap((value) => grid.map((rest) => ({ [name]: value, ...rest }))),
    [{} as Settings<Name>],
  );
}

function checkDimension(name: string, dimension: SearchDimension): void {
  const source = `gridSearch: the space of ${name}`;
  if (dimension?.kind === 'float' && dimension.log) {
    checkNumber(source, { low: dimension.low }, { above: 0 });
    checkNumber(source, { high: dimension.high }, { min: dimension.low });
  } else if (dimension?.kind === 'categorical' && Array.isArray(dimension.choices) && dimension.choices.length > 0) {
    for (const choice of dimension.choices) checkNumber(source, { choice });
  } else {
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `it must be { kind: 'float', low, high, log: true } or { kind: 'categorical', choices }, got ${show(dimension)}`,
    });
  }
}

/** How many values of each dimension; the intervals grow in turn for as long as the grid stays within the budget. */
function countsOf(dimensions: readonly SearchDimension[], budget: number): readonly number[] {
  const counts = dimensions.map((dimension) => (dimension.kind === 'categorical' ? dimension.choices.length : 1));
  const product = (): number => counts.reduce((all, count) => all * count, 1);
  for (let grown = true; grown;) {
    grown = false;
    for (const [i, dimension] of dimensions.entries()) {
      const count = counts[i] ?? 1;
      if (dimension.kind === 'categorical' || dimension.low === dimension.high || (product() / count) * (count + 1) > budget) continue;
      counts[i] = count + 1;
      grown = true;
    }
  }
  return counts;
}

function valuesOf(dimension: SearchDimension, count: number): readonly number[] {
  if (dimension.kind === 'categorical') return dimension.choices;
  const { low, high } = dimension;
  const at = (share: number): number => Number(exp(log(low) + share * (log(high) - log(low))).toPrecision(6));
  return count === 1 ? [at(0.5)] : Array.from({ length: count }, (_, i) => at(i / (count - 1)));
}

function chosen<T>(grid: readonly T[], budget: number, seed: number): readonly T[] {
  if (grid.length <= budget) return grid;
  const places = new Set(randomStream(streamKey(seed, 'grid')).permutation(grid.length).subarray(0, budget));
  return grid.filter((_, i) => places.has(i));
}
