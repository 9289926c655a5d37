import { registerWasmTrainingKernels } from '@downhill/wasm-kernels';
import { getKernel, getKernelsForBackend, train, UnsortedSegmentSum } from '@tensorflow/tfjs-core';
import type { BackendName } from '../backend.ts';
import type { Contender } from '../measure/contender.ts';
import { ADAMW } from '../optimizer-step/settings.ts';
import { replaceKernels } from './kernel-times.ts';
import type { TrainCase } from './train-case.ts';
import { trainer } from './trainer.ts';

/** tfjs alone, with its own Adam. */
export const tfjsTrainer = (trainCase: TrainCase, backend: BackendName): Promise<Contender> =>
  trainer(trainCase, backend, async () => {
    if (backend === 'wasm') await lendSegmentSum();
    return train.adam(ADAMW.learningRate, ADAMW.beta1, ADAMW.beta2, ADAMW.epsilon);
  });

/** Of all that tfjs lacks on wasm an embedding needs one kernel, the gradient of its lookup: it gets ours, and nothing else. */
async function lendSegmentSum(): Promise<void> {
  const own = getKernelsForBackend('wasm');
  await registerWasmTrainingKernels();
  replaceKernels([...own, getKernel(UnsortedSegmentSum, 'wasm')]);
}
