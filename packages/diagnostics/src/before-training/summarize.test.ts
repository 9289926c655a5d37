import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { input, layers, model as modelOf, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { summarize, summaryText } from '../index.ts';

/** conv 32 - pool - conv 64 - pool - dense 128 - dense 10 on 28 × 28 pictures. */
const convnet = (): LayersModel =>
  sequential({
    layers: [
      layers.conv2d({ filters: 32, kernelSize: 3, padding: 'same', inputShape: [28, 28, 1], activation: 'relu' }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.conv2d({ filters: 64, kernelSize: 3, padding: 'same', activation: 'relu' }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 128, activation: 'relu' }),
      layers.dense({ units: 10 }),
    ],
  });

describe('a summary', () => {
  beforeAll(() => setBackend('cpu'));

  test('counts parameters, multiply-adds and activations of a convnet', () => {
    const model = convnet();
    const found = summarize(model);
    const multiplyAdds = 28 * 28 * 32 * 9 + 14 * 14 * 64 * 9 * 32 + 3136 * 128 + 128 * 10;
    const activations = 28 * 28 * 32 + 14 * 14 * 32 + 14 * 14 * 64 + 7 * 7 * 64 * 2 + 128 + 10;
    expect(found).toMatchObject({ parameters: 421_642, trainable: 421_642, multiplyAdds, activationBytes: 4 * activations, weightBytes: 4 * 421_642 }); // prettier-ignore
    const text = summaryText(found);
    for (const word of ['Conv2D', '[14, 14, 64]', '421,642', '3,612,672', '421,642 parameters are trained']) expect(text).toContain(word);
    model.dispose();
  });

  test.each([
    [
      'a strided convolution without padding',
      () => layers.conv2d({ filters: 5, kernelSize: [3, 2], strides: 2, inputShape: [9, 9, 4] }),
      4 * 4 * 5 * 6 * 4,
    ],
    ['a depthwise convolution', () => layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, inputShape: [6, 6, 4] }), 4 * 4 * 8 * 9],
    ['a separable convolution', () => layers.separableConv2d({ filters: 7, kernelSize: 3, inputShape: [6, 6, 4] }), 16 * (9 * 4 + 4 * 7)],
    [
      'a transposed convolution',
      () => layers.conv2dTranspose({ filters: 3, kernelSize: 2, strides: 2, inputShape: [4, 4, 5] }),
      4 * 4 * 5 * 4 * 3,
    ],
    ['a dense layer over a sequence', () => layers.dense({ units: 6, inputShape: [7, 3] }), 7 * 6 * 3],
    ['an LSTM', () => layers.lstm({ units: 5, recurrentInitializer: 'glorotNormal', inputShape: [8, 3] }), 8 * (3 * 20 + 5 * 20)],
    ['a GRU', () => layers.gru({ units: 5, recurrentInitializer: 'glorotNormal', inputShape: [8, 3] }), 8 * (3 * 15 + 5 * 15)],
    ['an embedding', () => layers.embedding({ inputDim: 9, outputDim: 4, inputLength: 5 }), 0],
  ])('counts %s', (_, layer, expected) => {
    const model = sequential({ layers: [layer()] });
    expect(summarize(model).multiplyAdds).toBe(expected);
    model.dispose();
  });

  test('counts frozen weights apart, shared ones once, and layers of nested models', () => {
    const inner = sequential({ layers: [layers.dense({ units: 4, inputShape: [4] })] });
    const frozen = layers.dense({ units: 2, trainable: false });
    const inputs = input({ shape: [4] });
    const twice = inner.apply(inner.apply(inputs)) as ReturnType<typeof input>;
    const model = modelOf({ inputs, outputs: frozen.apply(twice) as ReturnType<typeof input> });
    expect(summarize(model)).toMatchObject({ parameters: 20 + 10, trainable: 20, notCounted: [] });
    model.dispose();
  });

  test('names what it cannot count', () => {
    const model = sequential({ layers: [layers.bidirectional({ layer: layers.lstm({ units: 2, recurrentInitializer: 'glorotNormal' }) as never, mergeMode: 'concat', inputShape: [3, 2] })] }); // prettier-ignore
    const found = summarize(model);
    expect(found.notCounted).toHaveLength(1);
    expect(summaryText(found)).toContain('are not counted');
    model.dispose();
  });
});
