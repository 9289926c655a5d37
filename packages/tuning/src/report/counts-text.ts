import type { FrozenTrial } from '@downhill/core';
import { counted } from './picture.ts';

const STATES = ['complete', 'pruned', 'failed', 'running', 'waiting'] as const;

/** How many trials there are, and where they are: "60 trials: 43 complete, 17 pruned." */
export function countsText(trials: readonly FrozenTrial[]): string {
  const counts = STATES.flatMap((state) => {
    const count = trials.filter((trial) => trial.state === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
  return `${counted(trials.length, 'trial')}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}.`;
}
