import { STORE_LEVEL, type Stage } from '@downhill/core/compiler';
import type { Program } from './executor.ts';

/** A stage of one program. */
export interface Turn {
  readonly program: number;
  readonly stage: Stage;
}

export const stores = ({ stage }: Turn): boolean => stage.level >= STORE_LEVEL;

/**
 * The stages of all programs in the order in which they run: by level, within a level those with one kernel together. What
 * belongs to all parameters is done once.
 */
export function turnsOf(programs: readonly Program[]): readonly Turn[] {
  const place = new Map<string, number>(); // of each kernel: where it came first
  const all = programs.flatMap(({ plan }, program) => plan.stages.map((stage) => ({ program, stage })));
  const placeOf = ({ stage }: Turn): number => place.get(stage.kernel.hash) ?? 0;
  const due = all.filter(({ stage: { kernel } }, i) => {
    const seen = place.has(kernel.hash);
    if (!seen) place.set(kernel.hash, i);
    return !seen || kernel.over !== 'all';
  });
  return due.sort((a, b) => a.stage.level - b.stage.level || placeOf(a) - placeOf(b) || a.program - b.program);
}
