import type { Benchmark, BenchmarkCase } from '../benchmark.ts';
import { augmentationCases, SETTINGS, type AugmentationCase } from './cases.ts';

const caseOf = ({ name, shape, size }: AugmentationCase): BenchmarkCase => ({
  name,
  pairs: ['torchvision', 'tfjs wasm'].map((peer) => ({ subject: 'downhill wasm', peer })),
  torch: { module: 'augmentation', settings: { case: name, shape, size, ...SETTINGS } },
});

/** A batch of images through a pipeline, with its draws. */
export const augmentation: Benchmark = {
  name: 'augmentation',
  summary: 'a batch of images through a pipeline, with its draws',
  imports: 'torchvision',
  pace: { rounds: 15, warmUpSteps: 10, turnMs: 150, budgetMs: 9000 },
  cases: augmentationCases.map(caseOf),
  async contender(caseName, contender) {
    const augmentationCase = augmentationCases.find(({ name }) => name === caseName);
    if (augmentationCase === undefined) throw new Error(`no case "${caseName}"`);
    switch (contender) {
      case 'downhill wasm':
        return (await import('./downhill.ts')).downhillPipeline(augmentationCase);
      case 'tfjs wasm':
        return (await import('./tfjs.ts')).tfjsPipeline(augmentationCase);
      default:
        throw new Error(`no contender "${contender}"`);
    }
  },
};
