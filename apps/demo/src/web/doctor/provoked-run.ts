import { schedule, type Schedule, type Transform } from '@downhill/core';
import { curveDoctor, diagnose, type Curves, type Diagnosis } from '@downhill/diagnostics';
import { adamw, sgd } from '@downhill/optimizers';
import { seededInitializer } from '@downhill/tfjs/layers';
import { accuracy, batches, softmaxCrossEntropy, train } from '@downhill/training';
import { mul } from '@tensorflow/tfjs-core';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { CLASSES, clouds, FEATURES } from './clouds.ts';
import type { Recipe } from './recipe.ts';

const VALIDATION = 300;

/** A run as it stands after an epoch, and what the doctor reads in it so far. */
export interface Look {
  readonly curves: Curves;
  readonly diagnosis: Diagnosis;
  /** Whether the doctor would speak up: it keeps quiet while a run is young, or its guess unsure. */
  readonly told: boolean;
}

export interface ProvokedRunOptions {
  readonly recipe: Recipe;
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly onLook?: (look: Look) => void;
}

/** Trains as the recipe says, with the curve doctor as a hook; a look at it after each epoch. */
export async function provokedRun({ recipe, seed, signal, onLook = () => {} }: ProvokedRunOptions): Promise<void> {
  const { batch, epochs, samples, wrong } = recipe;
  const model = network(recipe, seed);
  const source = batches(clouds(seed, { from: 0, count: samples, wrong }), { batchSize: batch, shuffle: seed });
  const steps = epochs * source.batchesPerEpoch;
  let told = false;
  const doctor = curveDoctor({ classes: CLASSES, lossFunction: 'crossEntropy', onFinding: () => (told = true) });
  const look = (): void => {
    const curves = doctor.curves();
    if (curves !== undefined) onLook({ curves, diagnosis: diagnose(curves), told });
  };
  try {
    await train({
      model,
      loss: softmaxCrossEntropy,
      metrics: { accuracy },
      transform: transformOf(recipe, rateOf(recipe, steps)),
      batches: source,
      validation: batches(clouds(seed, { from: samples, count: VALIDATION, wrong: 0 }), { batchSize: VALIDATION, shuffle: false }),
      epochs,
      nonFinite: 'report', // a run that diverges is shown to its end
      hooks: [doctor],
      ...(signal === undefined ? {} : { signal }),
      onEvent: ({ type }) => {
        if (type === 'epoch') look();
      },
    });
    if (signal?.aborted !== true) look();
  } finally {
    model.dispose();
  }
}

function network({ hidden, activation, scale }: Recipe, seed: number): Sequential {
  const sizes = [...hidden, CLASSES];
  const model = sequential({
    layers: sizes.map((units, i) =>
      layers.dense({
        units,
        name: `dense${i + 1}`,
        kernelInitializer: seededInitializer({ name: 'glorotUniform', seed: seed + i }),
        ...(i === 0 ? { inputShape: [FEATURES] } : {}),
        ...(i < hidden.length ? { activation } : {}),
      }),
    ),
  });
  for (const weight of model.trainableWeights) {
    const scaled = mul(weight.read(), scale);
    weight.write(scaled);
    scaled.dispose();
  }
  return model;
}

const rateOf = ({ rate, decay }: Recipe, steps: number): Schedule =>
  schedule({ name: 'provoked', config: {}, at: (step) => rate * decay(Math.min(1, step / steps)) });

function transformOf({ rule, weightDecay }: Recipe, learningRate: Schedule): Transform {
  switch (rule) {
    case 'adam':
      return adamw({ learningRate, weightDecay });
    case 'momentum':
      return sgd({ learningRate, weightDecay, momentum: 0.9 });
    case 'sgd':
      return sgd({ learningRate, weightDecay });
    default:
      throw new TypeError(rule satisfies never);
  }
}
