import { testTransform } from '@downhill/conformance';
import { chain, kernelsOnly, type Mask } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { about, walk } from '../test/walk.ts';
import { adam } from './adam.ts';
import { adamw } from './adamw.ts';
import { decayWeights } from './decay-weights.ts';

testTransform('adamw', () => adamw({ learningRate: 0.1, weightDecay: 0.05 }), { factories: { adamw } });
testTransform('adamw', () => adamw({ learningRate: 0.1, decayMask: kernelsOnly }), { factories: { adamw } });
testTransform('adamw', () => adamw({ learningRate: 0.1, decayMask: () => true }), { factories: { adamw } });

describe('adamw', () => {
  test('adds to Adam’s step the decay, times the learning rate', async () => {
    const [after] = await walk(adamw({ learningRate: 0.1, weightDecay: 0.5 }), { w: [2, -2] }, [{ w: [3, 3] }]);
    expect(after).toEqual({ w: [2 - 0.1 * (1 + 0.5 * 2), -2 - 0.1 * (1 - 0.5 * 2)].map(about) });
  });

  test('shrinks all weights by one share, where an L2 penalty under Adam hardly shrinks those with large gradients', async () => {
    // Two weights that the loss pushes to and fro, one gently, one hard: on average it does not move them.
    const [learningRate, weightDecay, steps] = [0.01, 0.1, 100];
    const pushes = Array.from({ length: steps }, (_, i) => ({ w: [0.1, 10].map((g) => (i % 2 === 0 ? g : -g)) }));
    const end = async (rule: Parameters<typeof walk>[0]): Promise<readonly number[]> =>
      (await walk(rule, { w: [1, 1] }, pushes)).at(-1)!['w']!;

    const [gentle, hard] = await end(adamw({ learningRate, weightDecay }));
    // The first push moves a weight for good, by a step or two: there is no second moment yet to balance it.
    expect(Math.abs(gentle! - (1 - learningRate * weightDecay) ** steps)).toBeLessThan(2 * learningRate); // of 0.905
    expect(hard).toBeCloseTo(gentle!, 2);

    const [gentleL2, hardL2] = await end(chain(decayWeights(weightDecay), adam({ learningRate })));
    expect(gentleL2).toBeLessThan(0.6);
    expect(hardL2).toBeGreaterThan(0.97);
  });

  test.each<[string, Mask]>([
    ['shape', kernelsOnly],
    ['name', { names: ['*/kernel'] }],
    ['exception', { except: ['*/bias'] }],
    ['function', ({ name }) => name.endsWith('kernel')],
  ])('leaves biases alone where a mask says so by %s', async (_, decayMask) => {
    const from = { 'fc/kernel': [[1, 1]], 'fc/bias': [1, 1] };
    const [after] = await walk(adamw({ learningRate: 0.1, weightDecay: 0.5, decayMask }), from, [
      { 'fc/kernel': [[0, 0]], 'fc/bias': [0, 0] },
    ]);
    expect(after).toEqual({ 'fc/kernel': [0.95, 0.95].map(about), 'fc/bias': [1, 1] });
  });

  test('says which group of a mask fits no parameter', async () => {
    const misspelled = adamw({ decayMask: { names: ['*/kernal'] } });
    await expect(walk(misspelled, { 'fc/kernel': [1] }, [{ 'fc/kernel': [1] }])).rejects.toThrow(
      "the parameter group '*/kernal' fits no parameter; there are fc/kernel",
    );
  });

  test.each([
    [{ weightDecay: -0.1 }, 'adamw: `weightDecay` must be a finite number, at least 0, got -0.1'],
    [{ decayMask: ['*/kernel'] as never }, 'decayWeights: a mask must be an object with some of names, except, minRank, maxRank'],
    [{ decayMask: { minRank: Number.NaN } }, '`minRank` must be a whole number, at least 0, got NaN'],
    [{ weight_decay: 0.1 } as never, 'adamw: has no option `weight_decay`. Did you mean `weightDecay`?'],
  ])('refuses %o', (options, message) => {
    expect(() => adamw(options)).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }));
  });
});
