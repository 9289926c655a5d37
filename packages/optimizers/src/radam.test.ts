import { testTransform } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { about, walkOne } from '../test/walk.ts';
import { radam, scaleByRadam } from './radam.ts';

testTransform('radam', () => radam({ learningRate: 0.1 }), { factories: { radam } });
testTransform('scaleByRadam', () => scaleByRadam({ beta1: 0, beta2: 0.8 }), { factories: { scaleByRadam } });

describe('radam', () => {
  test('goes by the first moment alone as long as the second is a guess, for five steps at its defaults', async () => {
    const way = await walkOne(radam({ learningRate: 0.1, beta1: 0 }), 0, [1, -2, 4, 1, 2, 1]);
    expect(way.slice(0, 5)).toEqual([-0.1, 0.1, -0.3, -0.4, -0.6].map(about)); // η g each
    expect(way[4]! - way[5]!).toBeLessThan(0.01); // the sixth is divided and rectified
  });

  test('rectifies after that, with epsilon added to the root before its correction', async () => {
    // β₂ = 0.8: ρ∞ = 9, and ρ first passes 5 at the seventh step.
    const gradients = [1, -2, 1, 0.5, 3, -1, 2, 2, 1];
    const rho = (t: number): number => 9 - (2 * t * 0.8 ** t) / (1 - 0.8 ** t);
    expect([rho(6) < 5, rho(7) > 5]).toEqual([true, true]);
    let [w, m, v] = [1, 0, 0];
    const wanted = gradients.map((g, i) => {
      const t = i + 1;
      [m, v] = [0.5 * m + 0.5 * g, 0.8 * v + 0.2 * g * g];
      const moment = m / (1 - 0.5 ** t);
      const r = Math.sqrt(((rho(t) - 4) * (rho(t) - 2) * 9) / (5 * 7 * rho(t)));
      w -= 0.1 * (t < 7 ? moment : (r * moment * Math.sqrt(1 - 0.8 ** t)) / (Math.sqrt(v) + 0.25));
      return w;
    });
    const rule = radam({ learningRate: 0.1, beta1: 0.5, beta2: 0.8, epsilon: 0.25 });
    expect(await walkOne(rule, 1, gradients)).toEqual(wanted.map(about));
  });

  test.each([
    [{ beta1: 1 }, 'scaleByRadam: `beta1` must be a finite number, at least 0 and below 1, got 1'],
    [{ beta2: 1 }, 'scaleByRadam: `beta2` must be a finite number, at least 0 and below 1, got 1'],
    [{ epsilon: -1 }, 'scaleByRadam: `epsilon` must be a finite number, at least 0, got -1'],
  ])('refuses %o', (options, message) => {
    expect(() => radam(options)).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }));
  });
});
