import { dispose, engine } from '@tensorflow/tfjs-core';

/**
 * Disposes of what a failed forward or backward pass left. tfjs (4.22) keeps the tensors that a gradient may need on a tape
 * and disposes of them only when the backward pass comes to its end.
 */
export function disposeAbandonedTape(): void {
  const { state } = engine();
  if (state.gradientDepth !== 0) return; // somebody else's gradient is being taken around us
  for (const { saved = [] } of state.activeTape ?? []) dispose(saved);
  state.activeTape = [];
}
