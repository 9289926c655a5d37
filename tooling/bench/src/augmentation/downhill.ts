import {
  brightness,
  compose,
  contrast,
  crop,
  cutmix,
  cutout,
  flip,
  hue,
  mixup,
  normalize,
  randomErasing,
  resizedCrop,
  saturation,
  type Pipeline,
} from '@downhill/augmentation';
import { dispose, type Tensor4D } from '@tensorflow/tfjs-core';
import { useBackend } from '../backend.ts';
import type { Contender } from '../measure/contender.ts';
import { SETTINGS, type AugmentationCase } from './cases.ts';
import { batchOf, labelsOf } from './images.ts';

/** Ours, on tfjs's wasm backend. */
export async function downhillPipeline(augmentationCase: AugmentationCase): Promise<Contender> {
  await useBackend('wasm');
  const images = batchOf(augmentationCase);
  return augmentationCase.name === 'mixing' ? mixing(images) : pipelineStep(images, pipelineOf(augmentationCase));
}

function pipelineStep(images: Tensor4D, pipeline: Pipeline): Contender {
  let epoch = 0;
  return {
    step() {
      const views = pipeline.apply(images, { epoch: epoch++ });
      views.dataSync();
      views.dispose();
    },
  };
}

function pipelineOf({ name, size }: AugmentationCase): Pipeline {
  const colours = [
    brightness({ brightness: SETTINGS.brightness }),
    contrast({ contrast: SETTINGS.contrast }),
    saturation({ saturation: SETTINGS.saturation }),
    hue({ hue: SETTINGS.hue }),
    normalize({ mean: SETTINGS.mean, standardDeviation: SETTINGS.deviation }),
  ];
  return compose(
    name === 'cifar'
      ? [crop({ size, padding: SETTINGS.padding }), flip(), ...colours, cutout({ length: SETTINGS.cutout })]
      : [resizedCrop({ size, antialias: false }), flip(), ...colours, randomErasing({ probability: SETTINGS.erasing })],
    { seed: 1 },
  );
}

function mixing(images: Tensor4D): Contender {
  const { alpha, classes } = SETTINGS;
  const [mix, cut] = [mixup({ alpha, classes }), cutmix({ alpha })];
  const labels = labelsOf(images);
  let step = 0;
  return {
    step() {
      const mixed = mix.apply({ images, labels }, { step });
      const pasted = cut.apply(mixed, { step: step++ });
      pasted.images.dataSync();
      dispose([mixed.images, mixed.labels, pasted.images, pasted.labels]);
    },
  };
}
