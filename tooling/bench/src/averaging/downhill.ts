import { chain } from '@downhill/core';
import { emaWeights } from '@downhill/ensembles';
import { adamw } from '@downhill/optimizers';
import { optimizer } from '@downhill/tfjs';
import type { Contender } from '../measure/contender.ts';
import type { WeightsCase } from '../optimizer-step/cases.ts';
import { ADAMW } from '../optimizer-step/settings.ts';
import { stepOf } from '../optimizer-step/tfjs.ts';
import { DECAY } from './settings.ts';

/** Our fused AdamW with the average in its kernel. */
export const downhillAverage = (weights: WeightsCase): Promise<Contender> =>
  stepOf(weights, 'wasm', () => optimizer(chain(adamw(ADAMW), emaWeights({ decay: DECAY }))));
