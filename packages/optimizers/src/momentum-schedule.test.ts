import { describe, expect, test } from 'vitest';
import { momentumShares } from './momentum-schedule.ts';

describe('the momentum of NAdam', () => {
  test.each([0, 1e-9, 0.004, 0.1, 1])('is multiplied up over all steps without going through them, with a decay of %d', (decay) => {
    const mu = (i: number): number => 0.9 * (1 - 0.5 * 0.96 ** (i * decay));
    let product = 1;
    for (let t = 1; t <= 300; t++) {
      product *= mu(t);
      const { ofMoment, ofGradient } = momentumShares('paper', 0.9, decay, t);
      expect(ofMoment).toBeCloseTo(mu(t + 1) / (1 - product * mu(t + 1)), 12);
      expect(ofGradient).toBeCloseTo((1 - mu(t)) / (1 - product), 12);
      const old = momentumShares('pytorch1', 0.9, decay, t);
      expect(old.ofMoment).toBeCloseTo(mu(t + 1) / (1 - product * mu(t) * mu(t + 1)), 12);
      expect(old.ofGradient).toBe(ofGradient);
    }
  });

  test('goes from half of beta1 to beta1', () => {
    expect(momentumShares('paper', 0.9, 1, 1e9).ofMoment).toBeCloseTo(0.9, 12);
    expect(momentumShares('paper', 0.9, 0, 1e9).ofMoment).toBeCloseTo(0.45, 12);
  });

  test('can be constant', () => {
    const { ofMoment, ofGradient } = momentumShares('constant', 0.5, 1, 2);
    expect([ofMoment, ofGradient]).toEqual([0.5 / 0.75, 0.5 / 0.75]);
    expect(momentumShares('constant', 0.75, 1, 1)).toEqual({ ofMoment: 3, ofGradient: 1 });
  });
});
