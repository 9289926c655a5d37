import { accepts } from '@downhill/core';
import '@tensorflow/tfjs-backend-cpu';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { describe, expect, test } from 'vitest';
import { layerGroups } from './layer-groups.ts';

const build = (): Sequential => {
  const block = sequential({
    layers: [layers.dense({ name: 'in', units: 3, inputShape: [2] }), layers.batchNormalization({ name: 'norm' }), layers.reLU()],
  });
  return sequential({ layers: [block, layers.dropout({ rate: 0.5 }), layers.dense({ name: 'head', units: 1, useBias: false })] });
};

describe('layerGroups', () => {
  test('has the weights to train of each layer that has some, in order, a nested model in pieces', () => {
    const model = build();
    expect(layerGroups(model)).toEqual([
      { names: ['in/kernel', 'in/bias'] },
      { names: ['norm/gamma', 'norm/beta'] },
      { names: ['head/kernel'] },
    ]);
    const again = build(); // whose names have numbers
    const groups = layerGroups(model);
    const taken = again.trainableWeights.map(({ name, shape }) =>
      groups.findIndex((group) => accepts(group, { name, shape: shape as number[] })),
    );
    expect(taken).toEqual([0, 0, 1, 1, 2]);
    model.dispose();
    again.dispose();
  });

  test('takes models alone', () => {
    expect(() => layerGroups({} as never)).toThrow('[invalid-argument] layerGroups: takes a tf.LayersModel, got {}');
  });
});
