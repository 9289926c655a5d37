import { adamw } from '@downhill/optimizers';
import { optimizer } from '@downhill/tfjs';
import { registerWasmTrainingKernels } from '@downhill/wasm-kernels';
import type { Contender } from '../measure/contender.ts';
import { ADAMW } from '../optimizer-step/settings.ts';
import type { TrainCase } from './train-case.ts';
import { trainer } from './trainer.ts';

/** tfjs with our training kernels and our fused AdamW, on wasm. */
export const downhillTrainer = (trainCase: TrainCase): Promise<Contender> =>
  trainer(trainCase, 'wasm', async () => {
    await registerWasmTrainingKernels();
    return optimizer(adamw(ADAMW));
  });
