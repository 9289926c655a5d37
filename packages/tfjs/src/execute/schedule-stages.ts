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
  const once = new Set<string>();
  const first = new Map<string, number>();
  return programs
    .flatMap(({ plan }, program) => plan.stages.map((stage) => ({ program, stage })))
    .filter(({ stage: { kernel } }) => {
      if (kernel.over !== 'all') return true;
      const seen = once.has(kernel.hash);
      once.add(kernel.hash);
      return !seen;
    })
    .map((turn, i) => {
      const { hash } = turn.stage.kernel;
      if (!first.has(hash)) first.set(hash, i);
      return turn;
    })
    .sort(
      (a, b) =>
        a.stage.level - b.stage.level ||
        (first.get(a.stage.kernel.hash) ?? 0) - (first.get(b.stage.kernel.hash) ?? 0) ||
        a.program - b.program,
    );
}
