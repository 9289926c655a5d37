import { groupLasso as makeGroupLasso } from '@downhill/regularization';
import type { Replay } from '../../cases/case-family.ts';
import { penaltyReplay } from './penalty-replay.ts';

interface GroupLassoConfig {
  readonly lambda: number;
  readonly groupAxis: number;
  readonly sqrtSize: boolean;
}

export const groupLasso: Replay = penaltyReplay(({ lambda, groupAxis, sqrtSize }: GroupLassoConfig) =>
  makeGroupLasso({ factor: lambda, groupAxis, sqrtSize, mask: {} }),
);
