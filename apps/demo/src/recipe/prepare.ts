import { augmentedBatches } from '@downhill/augmentation';
import { labelSmoothing } from '@downhill/regularization';
import { accuracy, batches, split, type ArrayData, type TrainOptions } from '@downhill/training';
import { registerWasmTrainingKernels, type ConvolutionAlgorithm } from '@downhill/wasm-kernels';
import { setBackend } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { pipelineFor } from './augmentations.ts';
import { HELD_OUT, type RecipeConfig } from './config.ts';
import { extraLayer } from './extra-layer.ts';
import { digitsModel } from './model.ts';

/** What a run learns from and is judged by, with the backend open. */
export interface Prepared {
  /** What `train` takes of it. */
  readonly options: Pick<TrainOptions, 'loss' | 'metrics' | 'batches' | 'validation'>;
  /** The images that are held out. */
  readonly validation: ArrayData;
  readonly buildModel: () => LayersModel;
}

/** Opens the backend and lays out the data: the seed decides what is held out, the order of the images and how they are augmented. */
export async function prepare(config: RecipeConfig, images: ArrayData, convolution?: ConvolutionAlgorithm): Promise<Prepared> {
  await setBackend(config.backend);
  if (config.backend === 'wasm') await registerWasmTrainingKernels(convolution === undefined ? {} : { convolution });
  const { batchSize, seed } = config;
  const { training, heldOut: validation } = split(images, { share: HELD_OUT, seed });
  const pipeline = pipelineFor(config, seed);
  const plain = batches(training, { batchSize, shuffle: seed });
  return {
    options: {
      loss: labelSmoothing({ smoothing: config.labelSmoothing }),
      metrics: { accuracy },
      batches: pipeline === undefined ? plain : augmentedBatches(plain, pipeline),
      validation: batches(validation, { batchSize: 100, shuffle: false }),
    },
    validation,
    buildModel: () => digitsModel(config.dropout, extraLayer(config)),
  };
}
