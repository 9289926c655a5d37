import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choicesScale, numberScale, scaleOf, shortened } from './scale.ts';
import { float, int } from '../index.ts';

const range = fc
  .tuple(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), fc.double({ min: 1e-9, max: 1e9, noNaN: true }))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

test.each([true, false])('an axis goes from 0 to 1, with ticks between both ends, in order (logarithmic: %s)', (log) => {
  fc.assert(
    fc.property(range, ([low, high]) => {
      fc.pre(high > low * (1 + 1e-6));
      const { shareOf, ticks } = numberScale(low, high, { log });
      expect([shareOf(low), shareOf(high)]).toEqual([0, 1]);
      const places = ticks.map(({ at }) => at);
      expect([places[0], places.at(-1)]).toEqual([0, 1]);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(ticks.length).toBeLessThanOrEqual(12);
    }),
  );
});

test('round numbers are between the ends', () => {
  expect(scaleOf(float(1e-5, 0.3, { log: true })).ticks.map(({ label }) => label)).toEqual(['1e-5', '1e-4', '0.001', '0.01', '0.1', '0.3']);
  expect(scaleOf(int(1, 4)).ticks.map(({ label }) => label)).toEqual(['1', '2', '3', '4']);
  expect(scaleOf(float(0, 0.5)).ticks.map(({ label }) => label)).toEqual(['0', '0.1', '0.2', '0.3', '0.4', '0.5']);
});

test('a range of one value is in the middle', () => {
  expect(numberScale(3, 3, { log: false })).toMatchObject({ ticks: [{ at: 0.5, label: '3' }] });
  expect(choicesScale(['only']).shareOf('only')).toBe(0.5);
});

test('choices of different types are told apart', () => {
  const { shareOf } = choicesScale([1, '1', true, null]);
  expect([1, '1', true, null].map(shareOf)).toEqual([0, 1 / 3, 2 / 3, 1]);
});

test('a long text ends in dots', () => {
  expect([shortened('abcdef', 4), shortened('abcd', 4)]).toEqual(['abc…', 'abcd']);
});
