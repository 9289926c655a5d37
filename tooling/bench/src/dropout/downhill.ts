import { streamKey } from '@downhill/core';
import { dropout } from '@downhill/regularization';
import type { Contender } from '../measure/contender.ts';
import { RATE } from './settings.ts';
import { stepOf } from './tfjs.ts';

/** Ours, with another key at every step, as a layer has. */
export function downhillDropout(): Promise<Contender> {
  let step = 0;
  return stepOf((x) => dropout(x, { rate: RATE, key: streamKey(0, 'bench', step++) }));
}
