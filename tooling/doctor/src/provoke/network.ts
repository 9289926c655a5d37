import { Dropout } from '@downhill/regularization/layers';
import { seededInitializer, seedModel } from '@downhill/tfjs/layers';
import { mul } from '@tensorflow/tfjs-core';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import type { Settings } from './settings.ts';

/** The network that the settings ask for, with its initial weights. */
export function network({ task, hidden, filters, activation, scale, dropout, seed }: Settings): Sequential {
  const kernelInitializer = seededInitializer({ name: 'glorotUniform', seed });
  const parts: layers.Layer[] =
    filters > 0 && task.picture !== undefined
      ? [
          layers.reshape({ targetShape: [...task.picture], inputShape: [task.features] }),
          layers.conv2d({ filters, kernelSize: 3, activation, kernelInitializer }),
          layers.maxPooling2d({ poolSize: 2 }),
          layers.flatten(),
        ]
      : [layers.reshape({ targetShape: [task.features], inputShape: [task.features] })];
  for (const units of hidden) {
    parts.push(layers.dense({ units, activation, kernelInitializer }));
    if (dropout > 0) parts.push(new Dropout({ rate: dropout, seed }));
  }
  parts.push(layers.dense({ units: task.classes, kernelInitializer }));
  const model = sequential({ layers: parts });
  seedModel(model, seed);
  for (const weight of model.trainableWeights) {
    const value = mul(weight.read(), scale);
    weight.write(value);
    value.dispose();
  }
  return model;
}
