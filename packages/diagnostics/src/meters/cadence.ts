import { checkNumber, DownhillError, show, type RunPosition } from '@downhill/core';

/**
 * When a meter measures: at every k-th optimizer step (k, 2k, ...), at the last step of each epoch, or whenever a function says so of the
 * position after the step.
 */
export type Cadence = number | 'epoch' | ((position: RunPosition) => boolean);

/** @throws DownhillError `invalid-argument` where it is none. */
export function checkCadence(source: string, every: unknown): asserts every is Cadence {
  if (typeof every === 'function' || every === 'epoch') return;
  if (typeof every === 'number') return checkNumber(source, { every }, { min: 1, integer: true });
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`every\` must be a number of steps, 'epoch' or a function of the position, got ${show(every)}`,
    advice: 'Pass every: 10.',
  });
}

/** Whether it is time, at the position after a step. */
export function isDue(every: Cadence, position: RunPosition): boolean {
  if (typeof every === 'function') return every(position);
  const { step, steps, epochs } = position;
  return step % (every === 'epoch' ? steps / epochs : every) === 0;
}
