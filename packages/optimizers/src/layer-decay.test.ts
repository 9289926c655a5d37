import { testTransform } from '@downhill/conformance';
import { chain, controlled } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { applyTo, training, walk } from '../test/walk.ts';
import { layerDecay } from './layer-decay.ts';
import { sgd } from './sgd.ts';

testTransform('layerDecay', () => layerDecay({ layers: ['*/kernel', ['*/bias', '*/filter'], { names: ['*/scale'] }], decay: 0.5 }), {
  factories: { layerDecay },
});

const from = { 'stem/w': [0], 'block/w': [0], 'block/b': [0], 'head/w': [0], other: [0] };
const ones = Object.fromEntries(Object.keys(from).map((name) => [name, [1]]));
const layers = ['stem/*', ['block/w', 'block/b'], { names: ['head/*'] }];

describe('layerDecay', () => {
  test('scales by the distance from the last layer; what no layer takes moves as that', async () => {
    const [after] = await walk(chain(sgd({ learningRate: 1 }), layerDecay({ layers, decay: 0.5 })), from, [ones]);
    expect(after).toEqual({ 'stem/w': [-0.25], 'block/w': [-0.5], 'block/b': [-0.5], 'head/w': [-1], other: [-1] });
    const [usual] = await walk(chain(sgd({ learningRate: 1 }), layerDecay({ layers })), from, [ones]);
    expect(usual).toMatchObject({ 'stem/w': [-0.5625], 'block/w': [-0.75], 'head/w': [-1] });
  });

  test('gives a weight to the first layer that takes it', async () => {
    const twice = layerDecay({ layers: ['stem/*', '*/w', 'head/*'], decay: 0.5 });
    const [after] = await walk(chain(sgd({ learningRate: 1 }), twice), from, [ones]);
    expect(after).toMatchObject({ 'stem/w': [-0.25], 'block/w': [-0.5], 'head/w': [-0.5] });
  });

  test('goes no lower than minScale, and may change while training', async () => {
    const decay = controlled(0.5);
    const rule = chain(sgd({ learningRate: 1 }), layerDecay({ layers, decay, minScale: 0.375 }));
    await training(rule, from, (ours, weights) => {
      applyTo(ours, ones);
      expect(weights()).toMatchObject({ 'stem/w': [-0.375], 'block/w': [-0.5] });
      decay.value = 1;
      applyTo(ours, ones);
      expect(weights()).toMatchObject({ 'stem/w': [-1.375], 'block/w': [-1.5] });
    });
  });

  test('refuses a layer that fits no weight, the last one too', async () => {
    for (const wrong of [
      ['steam/*', 'head/*'],
      ['stem/*', 'haed/*'],
    ])
      await expect(walk(chain(sgd(), layerDecay({ layers: wrong })), from, [ones])).rejects.toThrow(
        `'${wrong.find((name) => name !== 'stem/*' && name !== 'head/*')}' fits no parameter`,
      );
  });

  test.each([
    [() => layerDecay({ layers: [] }), '`layers` must be a list of layers from the input to the output, got []'],
    [() => layerDecay({} as never), '`layers` must be a list of layers'],
    [() => layerDecay({ layers: [{ name: 'a' } as never] }), 'layerDecay: a mask must be an object'],
    [() => layerDecay({ layers, decay: 0 }), '`decay` must be'],
    [() => layerDecay({ layers, minScale: 2 }), '`minScale` must be'],
  ])('refuses bad input: %#', (make, message) => {
    expect(make).toThrow(message);
  });
});
