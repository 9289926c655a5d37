import { breath } from '../work/in-slices.ts';
import { runSearch, WAYS, type SearchRun } from './run-search.ts';

/** How often each way found a lower loss than the first one, the grid. */
export interface Odds {
  readonly seeds: number;
  /** One number a way. */
  readonly wins: readonly number[];
}

/** Runs every way under many seeds: one seed alone may be lucky. */
export async function oddsOf(
  { state, loss, signal }: Pick<SearchRun, 'state' | 'loss' | 'signal'>,
  seeds: number,
): Promise<Odds | undefined> {
  const lowest = async (index: number, seed: number): Promise<number> => {
    const way = WAYS[index];
    let best = Infinity;
    const onTrial: SearchRun['onTrial'] = (trial) => {
      best = Math.min(best, trial.loss ?? Infinity);
    };
    if (way !== undefined) await runSearch({ way, state: { ...state, seed }, loss, signal, onTrial });
    return best;
  };
  const grid = await lowest(0, 1); // whatever the seed
  const wins = WAYS.map(() => 0);
  for (let seed = 1; seed <= seeds; seed += 1) {
    for (let index = 1; index < WAYS.length; index += 1) {
      if ((await lowest(index, seed)) < grid) wins[index] = (wins[index] ?? 0) + 1;
    }
    await breath();
    if (signal.aborted) return undefined;
  }
  return { seeds, wins };
}
