import { cast, losses, oneHot, tensor, type Optimizer, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { tfjsNotes, useBackend, type BackendName } from '../backend.ts';
import type { Contender, KernelTime } from '../measure/contender.ts';
import { noise } from '../noise.ts';
import { Stopwatch, withTimedKernels } from './kernel-times.ts';
import type { TrainCase } from './train-case.ts';

/** What is no kernel and not the optimizer: tfjs's tape, its scopes, tensors and layers. */
const FRAMEWORK = "tfjs's own machinery";
const OPTIMIZER = 'the optimizer';

/** A training step in tfjs: the model's forward pass, softmax cross-entropy, tfjs's gradients, the optimizer, and the loss read. */
export async function trainer(trainCase: TrainCase, backend: BackendName, prepare: () => Promise<Optimizer>): Promise<Contender> {
  await useBackend(backend);
  const optimizer = await prepare();
  const loss = lossOf(trainCase, trainCase.build());
  const step = (): void => {
    const value = optimizer.minimize(loss, true);
    value?.dataSync();
    value?.dispose();
  };
  return { step, kernels: (steps) => kernelTimes(steps, backend, optimizer, step), notes: tfjsNotes };
}

/** The loss of a model on the case's batch: softmax cross-entropy. */
export function lossOf(trainCase: TrainCase, model: LayersModel): () => Scalar {
  const { inputs, labels } = batchOf(trainCase);
  return () => losses.softmaxCrossEntropy<Tensor, Scalar>(labels, model.apply(inputs, { training: true }) as Tensor);
}

function batchOf({ batch, input, classes, inputs }: TrainCase): { inputs: Tensor; labels: Tensor } {
  const shape = [batch, ...input];
  const labels = oneHot(
    Array.from({ length: batch }, (_, row) => row % classes),
    classes,
  );
  return {
    inputs: inputs?.() ?? tensor(noise(shape.reduce((product, length) => product * length, 1)), shape),
    labels: cast(labels, 'float32'),
  };
}

function kernelTimes(steps: number, backend: BackendName, optimizer: Optimizer, step: () => void): readonly KernelTime[] {
  const stopwatch = new Stopwatch();
  const applyGradients = optimizer.applyGradients.bind(optimizer);
  optimizer.applyGradients = (gradients) => stopwatch.run(OPTIMIZER, () => applyGradients(gradients));
  try {
    withTimedKernels(backend, stopwatch, () => {
      for (let count = 0; count < steps; count++) stopwatch.run(FRAMEWORK, step);
    });
  } finally {
    optimizer.applyGradients = applyGradients;
  }
  return stopwatch.perStep(steps);
}
