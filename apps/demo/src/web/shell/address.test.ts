import { describe, expect, test } from 'vitest';
import { readAddress, writeAddress } from './address.ts';

describe('addresses', () => {
  test.each([
    ['', '', ''],
    ['#', '', ''],
    ['#/race', 'race', ''],
    ['#race', 'race', ''],
    ['#/race?a=1&b=2', 'race', 'a=1&b=2'],
    ['#/race?q=x?y', 'race', 'q=x%3Fy'],
  ])('reads %j', (hash, view, query) => {
    const address = readAddress(hash);
    expect([address.view, address.query.toString()]).toEqual([view, query]);
  });

  test('writes what it reads, with commas and colons left as they are', () => {
    const query = new URLSearchParams([
      ['racer', 'adam,beta1:0.9'],
      ['formula', '50% of x & y = 1+1'],
    ]);
    const hash = writeAddress({ view: 'race', query });
    expect(hash).toContain('racer=adam,beta1:0.9');
    expect([...readAddress(hash).query]).toEqual([...query]);
    expect(writeAddress({ view: 'race', query: new URLSearchParams() })).toBe('#/race');
  });
});
