import { testTransform } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { about, walkOne } from '../test/walk.ts';
import { nadam, scaleByNadam } from './nadam.ts';
import { nadamw } from './nadamw.ts';

testTransform('nadam', () => nadam({ learningRate: 0.1 }), { factories: { nadam } });
testTransform('nadamw', () => nadamw({ learningRate: 0.1, weightDecay: 0.05 }), { factories: { nadamw } });
testTransform('scaleByNadam', () => scaleByNadam({ beta1: 0, momentumSchedule: 'pytorch1' }), { factories: { scaleByNadam } });

describe('nadam', () => {
  const rule = { learningRate: 0.1, beta1: 0.8, beta2: 0.5, epsilon: 0.25 };

  test('goes by the gradient and the moment ahead, each with its share of the momentum', async () => {
    const mu = (i: number): number => 0.8 * (1 - 0.5 * 0.96 ** (i * 2));
    const step = (m: number, g: number, v: number, t: number, before: number): number => {
      const product = before * mu(t);
      const ahead = (mu(t + 1) * m) / (1 - product * mu(t + 1)) + ((1 - mu(t)) * g) / (1 - product);
      return (0.1 * ahead) / (Math.sqrt(v / (1 - 0.5 ** t)) + 0.25);
    };
    const first = step(0.4, 2, 2, 1, 1);
    const second = step(0.8 * 0.4 - 0.2, -1, 1 + 0.5, 2, mu(1));
    expect(await walkOne(nadam({ ...rule, momentumDecay: 2 }), 1, [2, -1])).toEqual([1 - first, 1 - first - second].map(about));
  });

  test('as nadamw keeps the momentum at beta1 and takes the decay from the weight', async () => {
    // m = 0.4, 0.12; v = 2, 1.5; corrections 0.2, 0.36 and 0.5, 0.75.
    const first = (0.8 * 0.4 + 0.2 * 2) / 0.2 / (2 + 0.25) + 0.5;
    const after = 1 - 0.1 * first;
    const second = (0.8 * 0.12 - 0.2) / 0.36 / (Math.sqrt(2) + 0.25) + 0.5 * after;
    expect(await walkOne(nadamw({ ...rule, weightDecay: 0.5 }), 1, [2, -1])).toEqual([after, after - 0.1 * second].map(about));
  });

  test('leaves weights alone that a mask keeps from decay', async () => {
    expect(await walkOne(nadamw({ decayMask: { minRank: 2 } }), 1, [0])).toEqual([1]);
  });

  test.each([
    [{ beta1: 1 }, 'scaleByNadam: `beta1` must be a finite number, at least 0 and below 1, got 1'],
    [{ beta2: 1 }, 'scaleByNadam: `beta2` must be a finite number, at least 0 and below 1, got 1'],
    [{ momentumDecay: -1 }, 'scaleByNadam: `momentumDecay` must be a finite number, at least 0, got -1'],
    [{ momentumSchedule: true as never }, "scaleByNadam: `momentumSchedule` must be one of 'paper', 'constant', 'pytorch1', got true"],
  ])('refuses %o', (options, message) => {
    const refusal = expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }) as Error;
    expect(() => nadam(options)).toThrow(refusal);
    expect(() => nadamw(options)).toThrow(refusal);
  });

  test('refuses a negative decay', () => {
    expect(() => nadamw({ weightDecay: -1 })).toThrow('nadamw: `weightDecay` must be a finite number, at least 0, got -1');
  });
});
