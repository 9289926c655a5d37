import { categorical, float, int, when } from '@downhill/tuning';
import type { Problem } from '../problem.ts';
import { numberOf } from './vector.ts';

/**
 * Three kinds of models, each with parameters of its own, and one that all have; 0 at tree, depth 13, leaf 0.3, penalty 0.01. The best
 * kind is not the best on average: `smooth` is nowhere bad and nowhere very good.
 */
export const branches: Problem = {
  name: 'branches',
  title: 'A choice with parameters of its own',
  parameters: {
    penalty: float(1e-6, 1, { log: true }),
    kind: categorical(['smooth', 'kernel', 'tree']),
    width: when({ kind: 'smooth' }, float(0, 10)),
    gamma: when({ kind: 'kernel' }, float(1e-4, 100, { log: true })),
    degree: when({ kind: 'kernel' }, int(1, 8)),
    depth: when({ kind: 'tree' }, int(1, 32)),
    leaf: when({ kind: 'tree' }, float(0, 1)),
  },
  at(settings) {
    const common = 0.1 * (Math.log10(numberOf(settings, 'penalty')) + 2) ** 2;
    switch (settings.kind) {
      case 'smooth':
        return common + 0.8 + 0.02 * (numberOf(settings, 'width') - 6) ** 2;
      case 'kernel':
        return common + 0.3 + 0.4 * (Math.log10(numberOf(settings, 'gamma')) + 1) ** 2 + 0.1 * (numberOf(settings, 'degree') - 3) ** 2;
      default:
        return common + 0.02 * (numberOf(settings, 'depth') - 13) ** 2 + 4 * (numberOf(settings, 'leaf') - 0.3) ** 2;
    }
  },
};
