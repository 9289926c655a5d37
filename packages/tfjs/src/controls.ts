import type { Controlled } from '@downhill/core';
import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { refuse } from './refuse.ts';
import type { NamedTensors } from './updates.ts';

/** The name under which the values of controlled schedules are saved. */
export const CONTROLS = 'controls';

/** The values as they stand, to be saved, each as the two words of its float64, so that no bit is lost. */
export function namedControls(controlled: readonly Controlled[]): NamedTensors {
  if (controlled.length === 0) return [];
  const words = new Int32Array(Float64Array.from(controlled, ({ value }) => value).buffer);
  return [{ name: CONTROLS, tensor: tensor(words, [controlled.length, 2], 'int32') }];
}

/** @throws DownhillError `state-mismatch` where there are not as many as were saved; nothing is set then. */
export function setControls(controlled: readonly Controlled[], saved: Tensor | undefined): void {
  if (saved === undefined) return;
  const values = new Float64Array(Int32Array.from(saved.dataSync()).buffer);
  if (values.length !== controlled.length)
    refuse(
      'state-mismatch',
      `the state was saved with ${values.length} controlled schedules, and there are ${controlled.length}`,
      'Build the optimizer as it was when it was saved.',
    );
  controlled.forEach((each, i) => (each.value = values[i] ?? each.value));
}
