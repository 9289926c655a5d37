import { DownhillError, show } from '@downhill/core';
import type { Loss } from '@downhill/training';

/** @throws DownhillError `invalid-argument` for what is no function. */
export function checkLoss(source: string, loss: unknown): asserts loss is Loss {
  if (typeof loss === 'function') return;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`loss\` must be a function (ys, predictions) => tensor, got ${show(loss)}`,
    advice: 'labelSmoothing() makes one.',
  });
}
