import { DownhillError } from '@downhill/core';
import type { StoredTensor } from '@downhill/training';

/** A copy of a model's weights by name, as `captureWeights` of @downhill/training makes it. */
export type Weights = ReadonlyMap<string, StoredTensor>;

const kind = ({ dtype, shape }: StoredTensor): string => `${dtype} [${shape.join(', ')}]`;

/** The first thing in which one set of weights is built unlike another, in words. */
function firstDifference(ours: Weights, theirs: Weights): string | undefined {
  for (const [name, tensor] of ours) {
    const other = theirs.get(name);
    if (other === undefined) return `it has no '${name}' (${kind(tensor)})`;
    if (kind(other) !== kind(tensor)) return `its '${name}' is ${kind(other)}, not ${kind(tensor)}`;
  }
  const more = [...theirs].find(([name]) => !ours.has(name));
  return more === undefined ? undefined : `it has a '${more[0]}' (${kind(more[1])}) more`;
}

/**
 * Checks that weights are those of the same model, and numbers.
 *
 * @throws DownhillError `state-mismatch` naming the first difference, `non-finite` naming the first tensor with a NaN or an infinity.
 */
export function checkAlike(source: string, first: Weights, other: Weights, which: string): void {
  const difference = firstDifference(first, other);
  if (difference !== undefined)
    throw new DownhillError({
      code: 'state-mismatch',
      source,
      problem: `${which} is not built like the first one: ${difference}`,
      advice: 'Only weights of one and the same model can be averaged; for different ones combine the predictions.',
    });
  for (const [name, { values }] of other)
    if (!values.every(Number.isFinite))
      throw new DownhillError({
        code: 'non-finite',
        source,
        problem: `'${name}' of ${which} holds NaN or an infinity`,
        advice: 'Leave that one out.',
      });
}
