import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { linear } from './linear.ts';
import { polynomial } from './polynomial.ts';

testSchedule('polynomial', () => polynomial({ from: 0.1, to: 0.003, steps: 70, power: 1.7 }), { factories: { polynomial } });
testSchedule('polynomial', () => polynomial({ from: 0.1, steps: 30, power: 0.5, cycle: true }), { factories: { polynomial } });

describe('polynomial', () => {
  test('falls with a power of the share of steps that is left', () => {
    const rate = polynomial({ from: 17, to: 1, steps: 4, power: 2 });
    expect([0, 1, 2, 3, 4, 5].map((t) => rate.at(t))).toEqual([17, 10, 5, 2, 1, 1]);
  });

  test('is a line to 0 where nothing else is given, as PyTorch has it', () => {
    const [curve, line] = [polynomial({ from: 0.1, steps: 7 }), linear({ from: 0.1, steps: 7 })];
    for (let t = 0; t < 9; t++) expect(curve.at(t)).toBeCloseTo(line.at(t), 15);
  });

  test('springs up after the end and is longer each time with `cycle`', () => {
    const rate = polynomial({ from: 12, steps: 2, cycle: true });
    expect([0, 1, 2, 3, 4, 5, 6].map((t) => rate.at(t))).toEqual([12, 6, 0, 3, 0, expect.closeTo(2, 12), 0]);
  });

  test('refuses a power of 0', () => {
    expect(() => polynomial({ from: 1, steps: 1, power: 0 })).toThrow('polynomial: `power` must be a finite number, above 0, got 0');
  });
});
