import { adamw } from '@downhill/optimizers';
import { optimizer } from '@downhill/tfjs';
import type { BackendName } from '../backend.ts';
import type { Contender } from '../measure/contender.ts';
import type { WeightsCase } from './cases.ts';
import { ADAMW } from './settings.ts';
import { stepOf } from './tfjs.ts';

/** Our fused AdamW. */
export const downhillAdamW = (weights: WeightsCase, backend: BackendName): Promise<Contender> =>
  stepOf(weights, backend, () => optimizer(adamw(ADAMW)));
