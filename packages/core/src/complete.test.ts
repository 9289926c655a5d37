import { describe, expect, test } from 'vitest';
import { complete } from './complete.ts';
import { schedule } from './schedule.ts';

const defaults = { rate: 0.1, sign: false, mask: undefined };
const rule = (given: unknown): object => complete('rule', given as { rate?: number; sign?: boolean; mask?: string }, defaults);

describe('complete', () => {
  test('fills in what was left out, or is undefined', () => {
    expect(rule({})).toEqual(defaults);
    expect(rule({ rate: undefined, sign: true, mask: 'x' })).toEqual({ rate: 0.1, sign: true, mask: 'x' });
  });

  test.each([
    [0.1, 'takes an object with some of rate, sign, mask, got 0.1. Write { rate: ... }.'],
    [null, 'takes an object with some of rate, sign, mask, got null'],
    [[0.1], 'takes an object with some of rate, sign, mask, got [0.1]'],
    [
      schedule({ name: 'flat', config: {}, at: () => 1 }),
      'takes an object with some of rate, sign, mask, got {"kind":"schedule","name":"flat","config":{}}',
    ],
    [{ Rate: 1 }, 'has no option `Rate`. Did you mean `rate`?'],
    [{ velocity: 1 }, 'has no option `velocity`. There are rate, sign, mask.'],
    [{ sign: 'yes' }, '`sign` must be true or false, got "yes"'],
  ])('refuses %o', (given, message) => {
    expect(() => rule(given)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(`rule: ${message}`) }),
    );
  });
});
