import { Dropout } from '@downhill/regularization/layers';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { CLASSES } from './mnist.ts';

/** A small convnet that gives logits; its weights are drawn when training starts. @param dropout Rate of the last hidden layer. @param extra A layer after it. */
export function digitsModel(dropout: number, extra?: layers.Layer): Sequential {
  const kernelInitializer = 'heNormal';
  return sequential({
    name: 'digits',
    layers: [
      layers.conv2d({
        name: 'conv1',
        inputShape: [28, 28, 1],
        filters: 16,
        kernelSize: 3,
        padding: 'same',
        activation: 'relu',
        kernelInitializer,
      }),
      layers.maxPooling2d({ name: 'pool1', poolSize: 2 }),
      layers.conv2d({ name: 'conv2', filters: 32, kernelSize: 3, padding: 'same', activation: 'relu', kernelInitializer }),
      layers.maxPooling2d({ name: 'pool2', poolSize: 2 }),
      layers.flatten({ name: 'flatten' }),
      layers.dense({ name: 'dense', units: 64, activation: 'relu', kernelInitializer }),
      new Dropout({ name: 'dropout', rate: dropout }),
      ...(extra === undefined ? [] : [extra]),
      layers.dense({ name: 'logits', units: CLASSES, kernelInitializer: 'glorotNormal' }),
    ],
  });
}
