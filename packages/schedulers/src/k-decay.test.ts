import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { cosine } from './cosine.ts';
import { kDecay } from './k-decay.ts';
import { linear } from './linear.ts';

testSchedule('kDecay', () => kDecay(cosine({ from: 0.1, steps: 40 }), { steps: 40, power: 1.5 }), { factories: { kDecay, cosine } });

describe('kDecay', () => {
  test('makes a line a parabola, from the same first value to the same end', () => {
    const rate = kDecay(linear({ from: 16, steps: 4 }), { steps: 4, power: 2 });
    expect([0, 1, 2, 3, 4, 5].map((t) => rate.at(t))).toEqual([16, 15, 12, 7, 0, 0]);
  });

  test('falls sooner with a power below 1, and changes nothing with 1', () => {
    const fall = cosine({ from: 1, steps: 9 });
    const [sooner, same] = [0.5, 1].map((power) => kDecay(fall, { steps: 9, power }));
    for (let t = 1; t < 9; t++) expect(sooner!.at(t)).toBeLessThan(fall.at(t));
    for (let t = 0; t < 12; t++) expect(same!.at(t)).toBeCloseTo(fall.at(t), 14);
  });

  test('refuses a power of 0', () => {
    expect(() => kDecay(0.1, { steps: 4, power: 0 })).toThrow('kDecay: `power` must be a finite number, above 0, got 0');
    expect(() => kDecay(0.1, { steps: 0, power: 1 })).toThrow('`steps` must be a whole number, at least 1, got 0');
  });
});
