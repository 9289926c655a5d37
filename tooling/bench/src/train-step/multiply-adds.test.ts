import { beforeAll, describe, expect, test } from 'vitest';
import { layers, sequential, type RNN } from '@tensorflow/tfjs-layers';
import { useBackend } from '../backend.ts';
import { convnet } from './cases/convnet.ts';
import { resnet20 } from './cases/resnet20.ts';
import { multiplyAdds } from './multiply-adds.ts';

beforeAll(() => useBackend('cpu'));

describe('multiplyAdds', () => {
  test('counts a dense layer’s three matrix products, and two of the first', () => {
    const model = sequential({ layers: [layers.dense({ inputShape: [5], units: 7 }), layers.dense({ units: 3 })] });
    expect(multiplyAdds(model, 10)).toBe(10 * (2 * 5 * 7 + 3 * 7 * 3));
  });

  test('counts a convolution as direct, its padding included', () => {
    const model = sequential({
      layers: [layers.conv2d({ inputShape: [9, 8, 3], filters: 4, kernelSize: [3, 2], strides: 2, padding: 'same' })],
    });
    expect(multiplyAdds(model, 2)).toBe(2 * 2 * (5 * 4 * 4) * (3 * 2 * 3));
  });

  test('counts a depthwise convolution’s taps for each channel', () => {
    const model = sequential({ layers: [layers.depthwiseConv2d({ inputShape: [8, 6, 5], kernelSize: 3, strides: 2, padding: 'same' })] });
    expect(multiplyAdds(model, 3)).toBe(3 * 2 * (4 * 3 * 5) * 9);
  });

  test('counts four gates of input and state at each step of an LSTM', () => {
    const lstm = layers.lstm({ units: 6, recurrentInitializer: 'glorotNormal' });
    const model = sequential({ layers: [layers.embedding({ inputDim: 9, outputDim: 5, inputLength: 7 }), lstm] });
    expect(multiplyAdds(model, 2)).toBe(2 * 3 * 7 * (5 + 6) * 4 * 6);
  });

  test('says what it cannot count', () => {
    const lstm = layers.lstm({ units: 2, recurrentInitializer: 'glorotNormal' }) as RNN;
    const model = sequential({ layers: [layers.bidirectional({ layer: lstm, mergeMode: 'concat', inputShape: [3, 2] })] });
    expect(() => multiplyAdds(model, 1)).toThrow('say how to count Bidirectional');
  });

  test('finds the 40.8 M of the residual network’s forward pass, less a third of its first layer', () => {
    const forward = multiplyAdds(resnet20.build(), 1) / 3;
    expect((forward / 1e6).toFixed(1)).toBe('40.7'); // that layer has no input gradient
  });

  test('finds 0.80 G in the convnet', () => {
    const first = 28 * 28 * 32 * 9 * 2;
    const second = 14 * 14 * 64 * 9 * 32 * 3;
    const dense = (7 * 7 * 64 * 128 + 128 * 10) * 3;
    const count = multiplyAdds(convnet.build(), convnet.batch);
    expect(count).toBe(64 * (first + second + dense));
    expect((count / 1e9).toFixed(2)).toBe('0.80');
  });
});
