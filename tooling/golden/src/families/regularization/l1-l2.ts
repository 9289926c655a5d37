import { elasticNet } from '@downhill/regularization';
import type { Replay } from '../../cases/case-family.ts';
import { penaltyReplay } from './penalty-replay.ts';

export const l1L2: Replay = penaltyReplay(({ l1, l2 }: { readonly l1: number; readonly l2: number }) => elasticNet({ l1, l2, mask: {} }));
