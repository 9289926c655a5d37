import { engine } from '@tensorflow/tfjs-core';

/** What tfjs (4.22) records the gradient at hand on, another object for each gradient; undefined where none is being taken. */
export function currentTape(): object | undefined {
  const { activeTape, gradientDepth } = engine().state;
  return gradientDepth > 0 ? activeTape : undefined;
}
