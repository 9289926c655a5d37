import { DownhillError, show } from '@downhill/core';
import type { Outputs } from '../outputs.ts';
import { checkOutputs } from './check-outputs.ts';

/** The right class of each example, from 0 on. */
export type Labels = ArrayLike<number>;

/**
 * @param shape That of the probabilities, with a column for each class.
 * @throws DownhillError `shape-mismatch`, `data-invalid`
 */
export function checkLabels(source: string, labels: unknown, [examples, classes]: Outputs['shape']): asserts labels is Labels {
  const numbers: readonly unknown[] = Array.isArray(labels) || ArrayBuffer.isView(labels) ? Array.from(labels as ArrayLike<unknown>) : [];
  if (numbers.length !== examples)
    throw new DownhillError({
      code: 'shape-mismatch',
      source,
      problem: `\`labels\` must be one class number an example (${examples}), got ${numbers.length === 0 ? show(labels) : `${numbers.length} of them`}`,
      advice: 'Read a tensor of class numbers or one-hot rows with await labelsOf(tensor).',
    });
  const bad = numbers.findIndex((label) => !(Number.isInteger(label) && Number(label) >= 0 && Number(label) < classes));
  if (bad >= 0)
    throw new DownhillError({
      code: 'data-invalid',
      source,
      problem: `\`labels\` must be whole numbers from 0 to ${classes - 1}, got ${show(numbers[bad])} at ${bad}`,
    });
}

/**
 * What a regression should have given, in the shape of what it gave.
 *
 * @throws DownhillError as `checkOutputs`; `shape-mismatch`
 */
export function checkTargets(source: string, targets: unknown, shape: Outputs['shape']): asserts targets is Outputs {
  checkOutputs(source, 'targets', targets);
  if (targets.shape.join() !== shape.join())
    throw new DownhillError({
      code: 'shape-mismatch',
      source,
      problem: `\`targets\` must have the shape of the outputs [${shape.join(', ')}], got [${targets.shape.join(', ')}]`,
    });
}
