import { settingAt } from '@downhill/tuning';
import { describe, expect, test } from 'vitest';
import { problems } from './problems.ts';
import { errorAt, placeOf, valueAt, type Surface } from './mnist/surface.ts';

const at = (name: string, settings: Readonly<Record<string, number | string>>): number =>
  problems.find((problem) => problem.name === name)!.at(settings);
const vector = (values: readonly number[]) => Object.fromEntries(values.map((value, i) => [`x${i + 1}`, value]));

describe('the problems', () => {
  test.each([
    ['branin', { x1: Math.PI, x2: 2.275 }, 0.397887],
    ['branin', { x1: -Math.PI, x2: 12.275 }, 0.397887],
    ['hartmann6', vector([0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573]), -3.32237],
    ['rosenbrock4', vector([1, 1, 1, 1]), 0],
    ['ackley8', vector([0, 0, 0, 0, 0, 0, 0, 0]), 0],
    ['branches', { penalty: 0.01, kind: 'tree', depth: 13, leaf: 0.3 }, 0],
    ['branches', { penalty: 0.01, kind: 'kernel', gamma: 0.1, degree: 3 }, 0.3],
    ['branches', { penalty: 0.01, kind: 'smooth', width: 6 }, 0.8],
  ])('%s is as low as is known at %j', (name, settings, value) => {
    expect(at(name, settings)).toBeCloseTo(value, 5);
  });

  test.each(problems)('$name has a number everywhere in its space', ({ parameters, at: value }) => {
    for (const u of [0, 0.3, 1]) {
      const settings = Object.fromEntries(Object.entries(parameters).map(([name, parameter]) => [name, settingAt(parameter, u)]));
      expect(Number.isFinite(value(settings))).toBe(true);
    }
  });
});

describe('a surface', () => {
  const surface: Surface = {
    measured: 'by hand',
    axes: [
      { name: 'rate', low: 0.01, high: 1, log: true, places: 3 },
      { name: 'share', low: 0, high: 1, log: false, places: 2 },
    ],
    errors: [1, 2, 3, 4, 5, 6],
  };

  test('has what was measured at the places of the grid', () => {
    const found = [0, 1, 2].flatMap((rate) => [0, 1].map((share) => errorAt(surface, [valueAt(surface.axes[0]!, rate), share])));
    for (const [i, error] of surface.errors.entries()) expect(found[i]).toBeCloseTo(error, 12);
  });

  test('is linear between them, in the logarithm where that is even', () => {
    expect(errorAt(surface, [Math.sqrt(0.001), 0.25])).toBeCloseTo(0.5 * (1.25 + 3.25), 12);
    expect(placeOf(surface.axes[0]!, valueAt(surface.axes[0]!, 1.7))).toBeCloseTo(1.7, 12);
  });
});
