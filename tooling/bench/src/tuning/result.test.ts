import { describe, expect, test } from 'vitest';
import { rowsOf, verdictsOf, type Found } from './result.ts';

/** A study whose best value is `first` after 50 trials and `second` after 100. */
const study = (first: number, second: number): readonly number[] =>
  Array.from({ length: 100 }, (_, i) => (i === 10 ? first : i === 80 ? second : 9));
const found = (searcher: string, values: Found['values']): Found => ({ problem: 'bowl', searcher, values, secondsPerStudy: 1 });
const ranging = (from: number): Found['values'] => Array.from({ length: 20 }, (_, i) => study(from + 0.1 * i, from + 0.1 * i - 1));

describe('rowsOf', () => {
  test('gives the median and the quartiles of the best value after 50 and after 100 trials', () => {
    const values = [study(4, 1), study(3, 2), study(5, 0), study(1, 0.5), study(2, 0.1)];
    expect(rowsOf([found('random', values)])).toEqual([
      { problem: 'bowl', searcher: 'random', trials: 50, median: 3, quartiles: [2, 4], secondsPerStudy: 1 },
      { problem: 'bowl', searcher: 'random', trials: 100, median: 0.5, quartiles: [0.1, 1], secondsPerStudy: 1 },
    ]);
  });
});

describe('verdictsOf', () => {
  test('tells who is better, who is not worse, and who is worse', () => {
    const verdicts = verdictsOf([
      found('random', ranging(5)),
      found('tpe', ranging(1)),
      found('Optuna', ranging(1.1)),
      found('Optuna, multivariate', ranging(0)),
    ]);
    expect(
      verdicts.filter(({ trials }) => trials === 50).map(({ subject, peer, claim, reached }) => [subject, peer, claim, reached]),
    ).toEqual([
      ['tpe', 'Optuna', 'not worse', true],
      ['tpe', 'Optuna, multivariate', 'not worse', false],
      ['tpe', 'random', 'better', true],
    ]);
    expect(verdicts.find(({ claim }) => claim === 'better')?.p).toBeLessThan(1e-6);
  });

  test('does not call a difference better that may be luck', () => {
    const [verdict] = verdictsOf([found('random', ranging(1.1)), found('tpe', ranging(1))]);
    expect(verdict).toMatchObject({ claim: 'better', reached: false });
  });
});
