import { checkNumber } from '@downhill/core';

/** @throws DownhillError `invalid-argument` where a way has no whole number of steps, at least 1; said also to who took too long a warm-up off the run. */
export function checkLength(source: string, { steps }: { readonly steps: number }): void {
  const usual = 'Pass batches per epoch × epochs.';
  const advice = steps <= 0 ? `${usual} A warm-up that is taken off them must be shorter than they are.` : usual;
  checkNumber(source, { steps }, { min: 1, integer: true }, advice);
}
