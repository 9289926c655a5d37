import { orthogonality as makeOrthogonality } from '@downhill/regularization';
import { NotCovered } from '../../family.ts';
import type { Replay } from '../../cases/case-family.ts';
import { penaltyReplay } from './penalty-replay.ts';

interface OrthogonalityConfig {
  readonly kind: string;
  readonly factor: number;
  readonly mode?: 'rows' | 'columns';
}

const kinds: Readonly<Record<string, 'cosine' | 'soft' | 'doubleSoft'>> = { keras: 'cosine', soft: 'soft', doubleSoft: 'doubleSoft' };

export const orthogonality: Replay = penaltyReplay(({ kind, factor, mode = 'rows' }: OrthogonalityConfig) => {
  const ours = kinds[kind];
  if (ours === undefined) throw new NotCovered(`no orthogonality of the kind '${kind}'`);
  return makeOrthogonality({ kind: ours, factor, mode, mask: {} });
});
