import type { Benchmark, BenchmarkCase } from '../benchmark.ts';
import { weightCount, weightsCases, type WeightsCase } from './cases.ts';
import { ADAMW } from './settings.ts';

/** AdamW reads weight, gradient and two moments, and writes all but the gradient: bytes a weight. */
const ADAMW_BYTES = 28;

const ON_WASM = ['tfjs wasm', 'jax-js wasm', 'jax-js wasm tuned', 'PyTorch', 'PyTorch tuned', 'copy'];

const caseOf = ({ name, shapes }: WeightsCase): BenchmarkCase => ({
  name,
  pairs: [...ON_WASM.map((peer) => ({ subject: 'downhill wasm', peer })), { subject: 'downhill cpu', peer: 'tfjs cpu' }],
  torch: { module: 'optimizer_step', settings: { shapes, ...ADAMW } },
});

/** An AdamW step on prepared gradients. */
export const optimizerStep: Benchmark = {
  name: 'optimizer-step',
  summary: 'an AdamW step on prepared gradients',
  pace: { rounds: 15, warmUpSteps: 30, turnMs: 40, budgetMs: 9000 },
  cases: weightsCases.map(caseOf),
  async contender(caseName, contender) {
    const weights = weightsCases.find(({ name }) => name === caseName);
    if (weights === undefined) throw new Error(`no case "${caseName}"`);
    switch (contender) {
      case 'downhill wasm':
        return (await import('./downhill.ts')).downhillAdamW(weights, 'wasm');
      case 'downhill cpu':
        return (await import('./downhill.ts')).downhillAdamW(weights, 'cpu');
      case 'tfjs wasm':
        return (await import('./tfjs.ts')).tfjsAdam(weights, 'wasm');
      case 'tfjs cpu':
        return (await import('./tfjs.ts')).tfjsAdam(weights, 'cpu');
      case 'jax-js wasm':
        return (await import('./jax-js.ts')).jaxAdamW(weights, { tuned: false });
      case 'jax-js wasm tuned':
        return (await import('./jax-js.ts')).jaxAdamW(weights, { tuned: true });
      case 'copy':
        return (await import('./copy.ts')).copy(weights.name, ADAMW_BYTES * weightCount(weights));
      default:
        throw new Error(`no contender "${contender}"`);
    }
  },
};
