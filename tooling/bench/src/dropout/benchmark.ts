import type { Benchmark } from '../benchmark.ts';

/** Dropout on the activations of a convolution, forward and backward, with a new mask at every step. */
export const dropout: Benchmark = {
  name: 'dropout',
  summary: 'dropout of [64, 28, 28, 32], forward and backward',
  pace: { rounds: 15, warmUpSteps: 10, turnMs: 100, budgetMs: 9000 },
  cases: [{ name: 'dropout', pairs: [{ subject: 'downhill wasm', peer: 'tfjs wasm' }] }],
  async contender(_, contender) {
    switch (contender) {
      case 'downhill wasm':
        return (await import('./downhill.ts')).downhillDropout();
      case 'tfjs wasm':
        return (await import('./tfjs.ts')).tfjsDropout();
      default:
        throw new Error(`no contender "${contender}"`);
    }
  },
};
