import type { Benchmark, BenchmarkCase } from '../benchmark.ts';
import { ADAMW } from '../optimizer-step/settings.ts';
import { trainCases } from './cases.ts';
import type { TrainCase } from './train-case.ts';

const caseOf = ({ name, batch, input, classes, peers }: TrainCase): BenchmarkCase => ({
  name,
  pairs: peers.map((peer) => ({ subject: 'downhill wasm', peer })),
  once: new Set(['tfjs cpu']),
  torch: { module: 'train_step', settings: { model: name, batch, input, classes, ...ADAMW } },
});

/** A whole training step: forward, loss, gradients, AdamW. */
export const trainStep: Benchmark = {
  name: 'train-step',
  summary: 'a whole training step of a network',
  pace: { rounds: 15, warmUpSteps: 20, turnMs: 150, budgetMs: 9000 },
  cases: trainCases.map(caseOf),
  async contender(caseName, contender) {
    const trainCase = trainCases.find(({ name }) => name === caseName);
    if (trainCase === undefined) throw new Error(`no case "${caseName}"`);
    switch (contender) {
      case 'downhill wasm':
        return (await import('./downhill.ts')).downhillTrainer(trainCase);
      case 'tfjs wasm':
        return (await import('./tfjs.ts')).tfjsTrainer(trainCase, 'wasm');
      case 'tfjs cpu':
        return (await import('./tfjs.ts')).tfjsTrainer(trainCase, 'cpu');
      case 'wasm peak':
        return (await import('./peak.ts')).peak(trainCase);
      default:
        throw new Error(`no contender "${contender}"`);
    }
  },
};
