import { testTransform } from '@downhill/conformance';
import { kernelsOnly } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { about, walk, type Weights } from '../test/walk.ts';
import { lars, type LarsOptions } from './lars.ts';

testTransform('lars', () => lars({ trustCoefficient: 0.1, decayMask: kernelsOnly }), { factories: { lars } });
testTransform('lars', () => lars({ momentum: 0, alwaysAdapt: true, trustClip: true, weightDecay: 0 }), { factories: { lars } });

/** From a length of 5 with a gradient of length 10, two steps. */
const steps = (options: LarsOptions): Promise<readonly Weights[]> =>
  walk(lars({ learningRate: 2, momentum: 0, trustCoefficient: 0.1, epsilon: 0, weightDecay: 0, ...options }), { w: [3, 4] }, [
    { w: [6, 8] },
    { w: [0, 0] },
  ]);

describe('lars', () => {
  test('changes a tensor by a share of its length', async () => {
    // 2 · 0.1 · 5 / 10 = 0.1 of the gradient.
    expect((await steps({ alwaysAdapt: true }))[0]).toEqual({ w: [3 - 0.6, 4 - 0.8].map(about) });
  });

  test('counts decay and epsilon in the divisor', async () => {
    // 2 · 0.1 · 5 / (10 + 0.4 · 5 + 4) = 1 / 16 of g + 0.4 w.
    expect((await steps({ weightDecay: 0.4, epsilon: 4 }))[0]).toEqual({ w: [3 - 7.2 / 16, 4 - 9.6 / 16].map(about) });
  });

  test('gathers the scaled gradients in a velocity', async () => {
    // Velocity (0.3, 0.4), then half of it; a gradient of 0 is not scaled.
    expect((await steps({ alwaysAdapt: true, momentum: 0.5 }))[1]).toEqual({ w: [3 - 0.9, 4 - 1.2].map(about) });
  });

  test('with Nesterov’s form and dampening is as PyTorch’s momentum', async () => {
    // v = (0.3, 0.4): 1.5 v; then v = 0.5 v, and 0.5 of that.
    const way = await steps({ alwaysAdapt: true, momentum: 0.5, nesterov: true, dampening: 0.5 });
    expect(way).toEqual([{ w: [2.1, 2.8].map(about) }, { w: [3 - 0.6 * 1.75, 4 - 0.8 * 1.75].map(about) }]);
  });

  test('can hold the product of both rates at 1, by dividing the local one', async () => {
    // 0.1 · 5 / 10 / 2 = 0.025; a coefficient of 100 would be 50.
    expect((await steps({ alwaysAdapt: true, trustClip: true }))[0]).toEqual({ w: [3 - 0.3, 4 - 0.4].map(about) });
    expect((await steps({ alwaysAdapt: true, trustClip: true, trustCoefficient: 100 }))[0]).toEqual({ w: [3 - 12, 4 - 16].map(about) });
  });

  test('is plain SGD for weights that do not decay', async () => {
    expect((await steps({}))[0]).toEqual({ w: [3 - 12, 4 - 16].map(about) });
  });

  test('scales the kernels alone where only they decay', async () => {
    const rule = lars({ momentum: 0, trustCoefficient: 0.1, epsilon: 0, weightDecay: 1e-9, decayMask: kernelsOnly });
    const [after] = await walk(rule, { kernel: [[3, 4]], bias: [3, 4] }, [{ kernel: [[6, 8]], bias: [6, 8] }]);
    expect(after).toEqual({ kernel: [3 - 0.3, 4 - 0.4].map(about), bias: [-3, -4].map(about) });
  });

  test('goes by the gradient alone where the weights are 0', async () => {
    const [after] = await walk(lars({ momentum: 0, weightDecay: 0.1 }), { w: [0, 0] }, [{ w: [0.1, -0.1] }]);
    expect(after).toEqual({ w: [-0.1, 0.1].map(about) });
  });

  test.each([
    [{ trustCoefficient: 0 }, '`trustCoefficient` must be a finite number, above 0, got 0'],
    [{ epsilon: -1 }, '`epsilon` must be a finite number, at least 0, got -1'],
    [{ weightDecay: -1 }, '`weightDecay` must be a finite number, at least 0, got -1'],
    [{ momentum: 1 }, '`momentum` must be a finite number, at least 0 and below 1, got 1'],
    [{ momentum: 0, nesterov: true }, '`nesterov` takes a `momentum` above 0, got 0'],
  ])('refuses %o', (options, message) => {
    expect(() => lars(options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(`lars: ${message}`) }),
    );
  });
});
