import { linearDecay } from '@downhill/regularization';
import { DropBlock, Dropout, StochasticDepth } from '@downhill/regularization/layers';
import type { ScheduleLike } from '@downhill/core';
import { layers, model, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';

/** What is dropped, and how much of it. @defaultValue nothing */
export interface Dropped {
  /** Of the dense layer. */
  readonly dropout?: number;
  /** Of the maps within the residual blocks. */
  readonly dropBlock?: { readonly rate: ScheduleLike; readonly blockSize: number };
  /** The chance of the last residual block being kept. */
  readonly lastSurvival?: number;
}

const CLASSES = 10;
const CHANNELS = 24;
const BLOCKS = 2;

/** A small residual convnet for pictures of 28 x 28, which gives logits; its weights are drawn when training starts. */
export function fashionNetwork({ dropout = 0, dropBlock, lastSurvival = 1 }: Dropped = {}): LayersModel {
  const convolution = (name: string, x: SymbolicTensor): SymbolicTensor => {
    const layer = layers.conv2d({ name, filters: CHANNELS, kernelSize: 3, padding: 'same', kernelInitializer: 'heNormal' });
    return layer.apply(x) as SymbolicTensor;
  };
  const relu = (x: SymbolicTensor): SymbolicTensor => layers.activation({ activation: 'relu' }).apply(x) as SymbolicTensor;
  const dropped = (x: SymbolicTensor): SymbolicTensor =>
    dropBlock === undefined ? x : (new DropBlock(dropBlock).apply(x) as SymbolicTensor);
  const halved = (x: SymbolicTensor): SymbolicTensor => layers.maxPooling2d({ poolSize: 2 }).apply(x) as SymbolicTensor;
  const block = (name: string, x: SymbolicTensor, survival: number): SymbolicTensor => {
    const branch = dropped(convolution(`${name}/2`, dropped(relu(convolution(`${name}/1`, x)))));
    return relu(new StochasticDepth({ rate: 1 - survival }).apply([x, branch]) as SymbolicTensor);
  };

  const input = layers.input({ shape: [28, 28, 1] });
  const survival = linearDecay({ layers: BLOCKS, lastSurvival });
  const maps = survival.reduce((x, chance, index) => block(`block${index + 1}`, halved(x), chance), relu(convolution('stem', input)));
  const features = layers
    .dense({ name: 'dense', units: 128, activation: 'relu', kernelInitializer: 'heNormal' })
    .apply(layers.flatten().apply(maps)) as SymbolicTensor;
  const logits = layers.dense({ name: 'logits', units: CLASSES, kernelInitializer: 'glorotNormal' });
  return model({ inputs: input, outputs: logits.apply(new Dropout({ rate: dropout }).apply(features)) as SymbolicTensor });
}
