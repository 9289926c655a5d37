import { describe, expect, test } from 'vitest';
import paths from '../../test/lbfgs-paths.json' with { type: 'json' };
import { counted, logisticRidge, rosenbrock, type Surface } from '../../test/surfaces.ts';
import { CurvaturePairs } from './curvature-pairs.ts';
import { descend, type Descent } from './descend.ts';
import { maxAbs, plus } from './vectors.ts';

const surfaceOf = ({ definition: { X, y, l2 } }: (typeof paths.problems)[number]): Surface =>
  X === undefined || y === undefined || l2 === undefined ? rosenbrock : logisticRidge({ X, y, l2 });

const cases = paths.problems.flatMap((problem) =>
  problem.cases.map(({ config, expected }, i) => ({ name: `${problem.problem}, case ${i + 1}`, problem, config, expected })),
);

/** The digits written; in ten dimensions rounding grows along the way, in PyTorch's float32 run to 0.1. */
const within = (problem: string): number => (problem === 'rosenbrock_10d' ? 1e-6 : 1e-9);

describe('a descent by L-BFGS in float64', () => {
  test.each(cases)('goes PyTorch’s way, point by point and look by look: $name', ({ problem, config, expected }) => {
    const { look, looks } = counted(surfaceOf(problem));
    const pairs = new CurvaturePairs(config.history_size, []);
    let x = Float64Array.from(problem.x0);
    let last: Descent | undefined;
    const way = expected.map(({ x: wanted }) => {
      const from = look(x);
      if (last !== undefined) pairs.learn(plus(x, -1, last.seen.x), plus(from.gradient, -1, last.seen.gradient));
      last = descend(look, from, pairs, {
        learningRate: config.lr,
        maxIterations: config.max_iter,
        maxEvaluations: Math.floor((config.max_iter * 5) / 4),
        toleranceGradient: 1e-7,
        toleranceChange: 1e-9,
        rounding: 0,
        lineSearch: config.line_search_fn === null ? 'none' : 'strongWolfe',
      });
      x = Float64Array.from(last.end);
      return { evaluations: looks(), apart: maxAbs(plus(x, -1, Float64Array.from(wanted))) / maxAbs(Float64Array.from(wanted)) };
    });
    expect(way.map(({ evaluations }) => evaluations)).toEqual(expected.map(({ evaluations }) => evaluations));
    expect(Math.max(...way.map(({ apart }) => apart))).toBeLessThan(within(problem.problem));
  });
});
