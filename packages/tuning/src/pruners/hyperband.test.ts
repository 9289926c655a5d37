import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32 } from './crc32.ts';
import { hyperbandBrackets } from './hyperband-brackets.ts';
import { hyperbandBracketOf, hyperbandShares } from './hyperband.ts';

test('the checksum is that of zip', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926); // the check value of CRC-32 in the catalogue of CRCs
  expect(crc32(new Uint8Array())).toBe(0);
});

describe('the brackets', () => {
  test('are as many as there are powers up to the resource, at the powers themselves too', () => {
    for (const factor of [2, 3, 5])
      for (let power = 1, exponent = 0; exponent < 12; power *= factor, exponent += 1)
        expect(hyperbandBrackets({ maxResource: power, reductionFactor: factor })).toHaveLength(exponent + 1);
    expect(hyperbandShares({ minResource: 2, maxResource: 486, reductionFactor: 3 })).toHaveLength(6);
  });

  test('each end with whole trials, and cost about as much as another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 2, max: 5 }), (maxResource, reductionFactor) => {
        const brackets = hyperbandBrackets({ maxResource, reductionFactor });
        for (const { s, rungs } of brackets) {
          expect(rungs).toHaveLength(s + 1);
          expect(rungs.at(-1)?.resource).toBe(maxResource);
          expect(rungs.at(-1)?.configurations).toBeGreaterThanOrEqual(1);
          const cost = rungs.reduce((sum, { configurations, resource }) => sum + configurations * resource, 0);
          expect(cost).toBeLessThanOrEqual(brackets.length * maxResource + (s + 1) * maxResource); // n is rounded up by less than 1, which costs s + 1 rungs
        }
      }),
    );
  });

  test('refuse a resource below 1 and a factor of 1', () => {
    expect(() => hyperbandBrackets({ maxResource: 0 })).toThrow(/`maxResource` .* at least 1, got 0/);
    expect(() => hyperbandBrackets({ maxResource: 9, reductionFactor: 1 })).toThrow(/`reductionFactor` .* at least 2, got 1/);
  });

  test('have shares, which are numbers too', () => {
    expect(() => hyperbandShares({ minResource: 4, maxResource: 3 })).toThrow(/hyperbandShares: `maxResource` .* at least 4, got 3/);
    expect(() => hyperbandBracketOf([], 'any', 0)).toThrow(/`shares\.length` .* at least 1, got 0/);
    expect(() => hyperbandBracketOf([3, 0], 'any', 0)).toThrow(/`shares\[1\]` .* at least 1, got 0/);
    expect(() => hyperbandBracketOf([3], 'any', 0.5)).toThrow(/`number` .* got 0.5/);
  });

  test('get trials in proportion to their shares', () => {
    const shares = hyperbandShares({ minResource: 1, maxResource: 9, reductionFactor: 3 });
    const counts = shares.map(() => 0);
    for (let number = 0; number < 17_000; number += 1) counts[hyperbandBracketOf(shares, 'any', number)]! += 1;
    for (const [bracket, count] of counts.entries()) expect(Math.abs(count / 1000 - (shares[bracket] ?? 0))).toBeLessThan(0.3);
  });
});
