import type { Benchmark } from '../benchmark.ts';
import { weightsCases } from '../optimizer-step/cases.ts';

const CASE = 'mlp9M';

/** An AdamW step on prepared gradients, with a moving average of the weights. */
export const averaging: Benchmark = {
  name: 'averaging',
  summary: 'an AdamW step that keeps a moving average of the weights',
  pace: { rounds: 15, warmUpSteps: 30, turnMs: 100, budgetMs: 9000 },
  cases: [{ name: CASE, pairs: ['adamw alone', 'tfjs wasm'].map((peer) => ({ subject: 'downhill wasm', peer })) }],
  async contender(caseName, contender) {
    const weights = weightsCases.find(({ name }) => name === caseName);
    if (weights === undefined) throw new Error(`no case "${caseName}"`);
    switch (contender) {
      case 'downhill wasm':
        return (await import('./downhill.ts')).downhillAverage(weights);
      case 'adamw alone':
        return (await import('../optimizer-step/downhill.ts')).downhillAdamW(weights, 'wasm');
      case 'tfjs wasm':
        return (await import('./tfjs.ts')).tfjsAverage(weights);
      default:
        throw new Error(`no contender "${contender}"`);
    }
  },
};
