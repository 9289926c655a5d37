import type { Transform } from '@downhill/core';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import paths from '../../test/lbfgs-paths.json' with { type: 'json' };
import { beale, himmelblau, logisticRidge, onSurface, rosenbrock, type Surface } from '../../test/surfaces.ts';
import { useCpu } from '../../test/walk.ts';
import { bfgs } from './bfgs.ts';
import { lbfgs } from './lbfgs.ts';
import { newton } from './newton.ts';

const { definition, scipy, x0 } = paths.problems.find(({ problem }) => problem === 'logistic_ridge')!;
const logistic = logisticRidge({ X: definition.X!, y: definition.y!, l2: definition.l2! });
const nearBest = scipy['L-BFGS-B'].loss + 1e-5;

/**
 * Evaluations of the loss, all of them, until one is below `target`; the step that it belongs to must end below it too.
 *
 * @param most Gives up after so many.
 */
const evaluationsTo = (target: number, rule: Transform, surface: Surface, from: readonly number[], most = 400): number =>
  onSurface(rule, surface, from, ({ step, losses, weights }) => {
    let first = -1;
    while (losses.length < most && first < 0) {
      step();
      first = losses.findIndex((loss) => loss < target);
    }
    expect(surface(weights()).loss).toBeLessThan(target);
    return first + 1;
  });

const rules = { newton, bfgs, lbfgs };
const readme = readFileSync(`${import.meta.dirname}/../../README.md`, 'utf8');
const alternating = Array.from({ length: 5 }, () => [-1.2, 1]).flat();

describe.each(Object.entries(rules))('%s', (name, rule) => {
  beforeAll(useCpu);

  test('comes below 1e-6 on the usual surfaces in few evaluations, as the README says', () => {
    const counts = [
      evaluationsTo(1e-6, rule(), rosenbrock, [-1.2, 1]),
      evaluationsTo(1e-6, rule(), rosenbrock, alternating),
      evaluationsTo(1e-6, rule(), beale, [1, 1]),
      evaluationsTo(1e-6, rule(), himmelblau, [0, 0]),
    ];
    for (const [i, most] of [100, 200, 100, 100].entries()) expect(counts[i]).toBeLessThanOrEqual(most);
    expect(readme).toContain(`| \`${name}\` | ${counts.join(' | ')} | ${evaluationsTo(nearBest, rule(), logistic, x0)} |`);
  });

  test.each<[string, Surface, readonly number[], number]>([
    ['Rosenbrock in 10 dimensions', rosenbrock, alternating.map(() => 0), 200],
    ['Beale', beale, [0, 0], 100],
    ['Himmelblau', himmelblau, [-4, -4], 100],
  ])('comes below 1e-6 on %s from elsewhere', (_, surface, from, most) => {
    expect(evaluationsTo(1e-6, rule(), surface, from)).toBeLessThanOrEqual(most);
  });

  test('comes below 1e-6 on Rosenbrock by backtracking too', () => {
    expect(evaluationsTo(1e-6, rule({ lineSearch: 'backtracking' }), rosenbrock, [-1.2, 1])).toBeLessThanOrEqual(100);
  });
});

describe('on the logistic regression', () => {
  beforeAll(useCpu);
  // SciPy was handed the Hessian: Newton-CG's 6 evaluations and 5 Hessians are set against newton's, which measures it by 5 of its evaluations.
  test.each([
    ['newton', newton, scipy['Newton-CG'].evaluations + 5],
    ['bfgs', bfgs, scipy.BFGS.evaluations],
    ['lbfgs', lbfgs, scipy['L-BFGS-B'].evaluations],
  ] as const)('%s needs at most 1.2 times SciPy’s evaluations', (_, rule, theirs) => {
    expect(evaluationsTo(nearBest, rule(), logistic, x0)).toBeLessThanOrEqual(1.2 * theirs);
  });
});
