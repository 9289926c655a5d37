import { describe, expect, test } from 'vitest';
import { asked, sampled, studyOf, trialOf } from '../../test/sampled.ts';
import { categorical } from '../space/categorical.ts';
import { fixed } from '../space/fixed.ts';
import { float } from '../space/float.ts';
import { int } from '../space/int.ts';
import { space } from '../space/space.ts';
import { when } from '../space/when.ts';
import { grid, type GridOptions } from './grid.ts';

const small = space({ kind: categorical(['a', 'b']), n: int(1, 3) });
const cells = sampled(grid(), small, 100);

describe('grid', () => {
  test('tries every combination once, the last parameter changing fastest, and then has nothing left', () => {
    expect(cells).toEqual([
      { kind: 'a', n: 1 },
      { kind: 'a', n: 2 },
      { kind: 'a', n: 3 },
      { kind: 'b', n: 1 },
      { kind: 'b', n: 2 },
      { kind: 'b', n: 3 },
    ]);
  });

  test.each<[string, GridOptions, readonly number[]]>([
    ['all of them', {}, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['all of them where more are asked for', { points: { x: 20 } }, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['both ends and evenly between', { points: { x: 3 } }, [1, 5, 9]],
    ['the middle', { points: { x: 1 } }, [5]],
    ['all of them where the number is for floats', { points: 2 }, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ])('takes of whole numbers %s: %o', (_, options, values) => {
    expect(sampled(grid(options), space({ x: int(1, 9) }), 100).map(({ x }) => x)).toEqual(values);
  });

  test('spreads floats evenly over their range, or its logarithm', () => {
    const floats = space({ rate: float(0.01, 100, { log: true }), share: float(0, 1), step: float(0, 0.3, { step: 0.1 }) });
    const tried = sampled(grid({ points: { rate: 5, share: 2 } }), floats, 100);
    expect(tried).toHaveLength(5 * 2 * 4);
    const valuesOf = (name: string) => [...new Set(tried.map((settings) => settings[name] as number))];
    expect(valuesOf('rate').map((rate) => Number(rate.toPrecision(12)))).toEqual([0.01, 0.1, 1, 10, 100]);
    expect(valuesOf('share')).toEqual([0, 1]);
    expect(valuesOf('step')).toEqual([0, 0.1, 0.2, 0.3]);
  });

  test('tries a whole number once, where several points of a logarithm come to it', () => {
    expect(sampled(grid({ points: { n: 6 } }), space({ n: int(1, 8, { log: true }) }), 100).map(({ n }) => n)).toEqual([1, 2, 3, 5, 8]);
  });

  test('tries once what differs only in a parameter that is not there', () => {
    const conditional = space({
      kind: categorical(['a', 'b']),
      batch: fixed(32),
      depth: when({ kind: 'a' }, int(1, 2)),
      width: when({ depth: 2 }, int(1, 2)),
      last: categorical([true, false]),
    });
    const rest = { batch: 32 };
    const heads = [
      { kind: 'a', ...rest, depth: 1 },
      { kind: 'a', ...rest, depth: 2, width: 1 },
      { kind: 'a', ...rest, depth: 2, width: 2 },
      { kind: 'b', ...rest },
    ];
    expect(sampled(grid(), conditional, 100)).toEqual(heads.flatMap((head) => [true, false].map((last) => ({ ...head, last }))));
  });

  test('keeps its points, whatever becomes of the object that they were given in', () => {
    const points = { n: 2 };
    const made = grid({ points });
    points.n = 1;
    expect(sampled(made, small, 100)).toHaveLength(4);
    expect(made.config).toEqual({ points: { n: 2 } });
  });

  test('takes what was enqueued for tried, in whatever order, and what is off the grid for nothing', () => {
    const trials = [trialOf(0, { settings: { n: 2, kind: 'a' } }), trialOf(1, { settings: { kind: 'a', n: 77 } })];
    const left: unknown[] = [];
    for (let number = 2; ; number += 1) {
      const settings = grid().sample(studyOf(small, [...trials, asked(number)]), number);
      if (settings === undefined) break;
      left.push(settings);
      trials.push(trialOf(number, { settings }));
    }
    expect(left).toEqual(cells.filter((_, i) => i !== 1));
  });

  test('gives failed and pruned trials no second turn', () => {
    const trials = [trialOf(0, { settings: cells[0]!, state: 'failed' }), trialOf(1, { settings: cells[1]!, state: 'pruned' }), asked(2)];
    expect(grid().sample(studyOf(small, trials), 2)).toEqual(cells[2]);
  });

  test('gives a trial that was lost before it was sampled its cell when it runs again', () => {
    const trials = [asked(0), ...cells.slice(1).map((settings, i) => trialOf(i + 1, { settings }))];
    expect(grid().sample(studyOf(small, [...trials, asked(6)]), 6)).toBeUndefined();
    expect(grid().sample(studyOf(small, [...trials, asked(6)]), 0)).toEqual(cells[0]);
  });

  test('needs no list of all combinations: a huge grid begins at once', () => {
    const huge = space(Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`n${i}`, int(1, 1e9)])));
    expect(sampled(grid(), huge, 3).map(({ n18, n19 }) => [n18, n19])).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
    ]);
  });

  test.each<[string, GridOptions, string]>([
    [
      'nothing about a float',
      {},
      '`rate` can be any number of its range, and `points` does not say how many to try. Write grid({ points: { rate: 5 } }).',
    ],
    [
      'something about no parameter',
      { points: { raet: 3 } },
      '`points` names "raet", which is no parameter of the space. Did you mean "rate"?',
    ],
    [
      'something about choices',
      { points: { rate: 3, kind: 1 } },
      '`points` names "kind", which is categorical and tried at all its values',
    ],
  ])('that says %s is refused by the space', (_, options, message) => {
    const searched = space({ rate: float(0, 1), kind: categorical(['a', 'b']) });
    expect(() => grid(options).sample(studyOf(searched, [asked(0)]), 0)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(`grid: ${message}`) }),
    );
  });

  test.each([
    [{ points: 0 }, '`points` must be a whole number, at least 1, got 0'],
    [{ points: { rate: 1.5 } }, '`points.rate` must be a whole number, at least 1, got 1.5'],
    [{ points: [3] }, '`points` must be a whole number, at least 1, got [3]'],
    [{ point: 3 }, 'has no option `point`. Did you mean `points`?'],
  ])('of %o is refused', (options, message) => {
    expect(() => grid(options as never)).toThrow(`[invalid-argument] grid: ${message}`);
  });
});
