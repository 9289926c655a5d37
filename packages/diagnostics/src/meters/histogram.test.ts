import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { histogram } from './histogram.ts';

describe('histogram', () => {
  test('puts every finite value into one bin, which reaches from its edge to the next', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noDefaultInfinity: true, min: -1e6, max: 1e6 }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 12 }),
        (values, bins) => {
          const finite = values.filter(Number.isFinite);
          const counted = histogram(values, bins);
          expect(counted === undefined).toBe(finite.length === 0);
          if (counted === undefined) return;
          const { edges, counts } = counted;
          expect([edges.length, counts.length]).toEqual([bins + 1, bins]);
          expect(edges[0]).toBeLessThanOrEqual(Math.min(...finite));
          expect(edges.at(-1)).toBeGreaterThanOrEqual(Math.max(...finite));
          expect(counts.reduce((a, b) => a + b, 0)).toBe(finite.length);
          const width = (edges.at(-1)! - edges[0]!) / bins;
          const near = (from: number, to: number): number => finite.filter((value) => value >= from && value < to).length;
          for (const [i, count] of counts.entries()) {
            expect(count).toBeGreaterThanOrEqual(near(edges[i]! + 1e-9 * width, edges[i + 1]! - 1e-9 * width));
            expect(count).toBeLessThanOrEqual(near(edges[i]! - 1e-9 * width, edges[i + 1]! + 1e-9 * width + (i === bins - 1 ? width : 0)));
          }
        },
      ),
    );
  });

  test('leaves out what is not finite, and gives equal values a bin around them', () => {
    expect(histogram([2, Number.NaN, Infinity, -Infinity, 2], 3)).toEqual({
      edges: [1.5, expect.closeTo(1.8333, 3), expect.closeTo(2.1667, 3), 2.5],
      counts: [0, 2, 0],
    });
    expect(histogram([Number.NaN], 3)).toBeUndefined();
  });
});
