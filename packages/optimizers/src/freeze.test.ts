import { testTransform } from '@downhill/conformance';
import { chain } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { about, applyTo, training, walk } from '../test/walk.ts';
import { adamw } from './adamw.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';
import { freeze } from './freeze.ts';
import { sgd } from './sgd.ts';

testTransform('freeze', () => freeze({ minRank: 2 }), { factories: { freeze } });

describe('freeze', () => {
  const backbone = freeze({ names: ['backbone/*'] });

  test.each([
    ['first', chain(backbone, adamw({ learningRate: 0.1 }))],
    ['last', chain(adamw({ learningRate: 0.1 }), backbone)],
  ])('keeps weights to the bit and no slots of them, %s in a chain', async (_, rule) => {
    await training(rule, { 'backbone/w': [0.1, -0], 'head/w': [1] }, (ours, weights) => {
      for (let step = 0; step < 3; step++) applyTo(ours, { 'backbone/w': [3, -4], 'head/w': [2] });
      expect(weights()['backbone/w']).toEqual([Math.fround(0.1), -0]);
      expect(weights()['head/w']![0]).toBeLessThan(0.8);
      expect(ours.state('backbone/w')).toEqual({});
      const head = ours.state('head/w');
      expect(Object.keys(head)).toEqual(['scaleByAdam/m', 'scaleByAdam/v']);
      tf.dispose(head);
      expect(ours.iterations).toBe(3);
    });
  });

  test('leaves them out of norms over all weights', async () => {
    const [after] = await walk(chain(clipByGlobalNorm(1), sgd({ learningRate: 1 }), backbone), { 'backbone/w': [0], 'head/w': [0, 0] }, [
      { 'backbone/w': [100], 'head/w': [3, 4] },
    ]);
    expect(after).toEqual({ 'backbone/w': [0], 'head/w': [-0.6, -0.8].map(about) });
  });

  test('has minimize compute no gradient of them', async () => {
    await training(chain(sgd({ learningRate: 1 }), backbone), { 'backbone/w': [2], 'head/w': [3] }, (ours, weights, variables) => {
      let asked = 0;
      const seen = tf.customGrad((x) => ({ value: tf.mul(x as tf.Tensor, 1), gradFunc: (dy: tf.Tensor) => (asked++, tf.mul(dy, 1)) }));
      const [frozen, free] = variables as [tf.Variable, tf.Variable];
      ours.minimize(() => tf.sum(tf.mul(seen(frozen), free)), false, [frozen, free]);
      expect(weights()).toEqual({ 'backbone/w': [2], 'head/w': [1] });
      expect(asked).toBe(0);
    });
  });

  test('of everything leaves nothing to do, and a step counts', async () => {
    await training(chain(adamw(), freeze()), { w: [1] }, (ours, weights, [w]) => {
      ours.minimize(() => tf.sum(tf.square(w!)), false, [w!]);
      expect([weights(), ours.iterations]).toEqual([{ w: [1] }, 1]);
    });
  });

  test.each([
    [freeze({ names: ['bakbone/*'] }), "the parameter group 'bakbone/*' fits no parameter"],
    [freeze({ names: ['*/w'], minRank: 2 }), 'leaves it no parameter'],
  ])('refuses a mask that takes no weight: %#', async (rule, message) => {
    await expect(walk(chain(rule, sgd()), { 'backbone/w': [1] }, [{ 'backbone/w': [1] }])).rejects.toThrow(message);
  });

  test('refuses what is no mask', () => {
    expect(() => freeze(['backbone/*'] as never)).toThrow('freeze: a mask must be an object');
  });
});
