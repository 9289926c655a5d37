import type { Benchmark } from '../benchmark.ts';

/** The training loop with every meter that costs no pass, at each 10th step; a step here is ten of the loop's. */
export const meters: Benchmark = {
  name: 'meters',
  summary: 'ten training steps of a convnet with cheap meters at every 10th, against none',
  pace: { rounds: 30, warmUpSteps: 6, turnMs: 600, budgetMs: 80_000 },
  cases: [{ name: 'convnet', pairs: [{ subject: 'downhill wasm', peer: 'no meters' }] }],
  async contender(_, contender) {
    const { loopOfTen } = await import('./loop.ts');
    switch (contender) {
      case 'downhill wasm':
        return loopOfTen({ watched: true });
      case 'no meters':
        return loopOfTen({ watched: false });
      default:
        throw new Error(`no contender "${contender}"`);
    }
  },
};
