import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { cosine } from './cosine.ts';
import { cosinePower } from './cosine-power.ts';

testSchedule('cosinePower', () => cosinePower({ from: 0.1, to: 0.003, steps: 70, exponent: 1.5 }), { factories: { cosinePower } });

describe('cosinePower', () => {
  test('is the power of the share that `cosine` has', () => {
    const [power, plain] = [cosinePower({ from: 1, steps: 10, exponent: 3 }), cosine({ from: 1, steps: 10 })];
    for (let t = 0; t <= 12; t++) expect(power.at(t)).toBeCloseTo(plain.at(t) * plain.at(t) * plain.at(t), 14);
  });

  test('is `cosine` where no exponent is given', () => {
    const [power, plain] = [cosinePower({ from: 0.1, to: 0.01, steps: 10 }), cosine({ from: 0.1, to: 0.01, steps: 10 })];
    for (let t = 0; t <= 12; t++) expect(power.at(t)).toBeCloseTo(plain.at(t), 15);
  });

  test('refuses an exponent of 0', () => {
    expect(() => cosinePower({ from: 1, steps: 1, exponent: 0 })).toThrow(
      'cosinePower: `exponent` must be a finite number, above 0, got 0',
    );
  });
});
