import { checkNumber, DownhillError, show } from '@downhill/core';
import { gather, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Member } from './member.ts';
import { throughView } from './views-of.ts';

/**
 * Some columns of the inputs' last axis: what a member of a random subspace is trained on.
 *
 * @example
 * const xs = selectFeatures(tf.tensor2d([[1, 2, 3]]), [2, 0]);
 * xs.dataSync(); // new Float32Array([3, 1])
 *
 * @throws DownhillError `invalid-argument` for features that are no list of columns; `shape-mismatch` where the inputs have fewer.
 */
export function selectFeatures(xs: Tensor, features: ArrayLike<number>): Tensor {
  const columns = checkFeatures('selectFeatures', features);
  const width = xs.shape.at(-1) ?? 0;
  const beyond = columns.find((column) => column >= width);
  if (beyond === undefined) return tidy(() => gather(xs, columns, xs.rank - 1));
  throw new DownhillError({
    code: 'shape-mismatch',
    source: 'selectFeatures',
    problem: `\`features\` names column ${beyond}, and the inputs [${xs.shape.join(', ')}] have ${width}`,
    advice: 'Hand over all features, in the order that the member was trained with.',
  });
}

/**
 * A member that is handed all features and sees some of them.
 *
 * @example
 * const member = onFeatures(functionMember((xs) => tf.softmax(xs), { name: 'half' }), [0, 2]);
 * member.name; // 'half'
 *
 * @throws DownhillError as {@link selectFeatures}.
 */
export function onFeatures(member: Member, features: ArrayLike<number>): Member {
  const columns = checkFeatures('onFeatures', features);
  return throughView(member, member.name, (xs) => selectFeatures(xs, columns));
}

function checkFeatures(source: string, features: ArrayLike<number>): number[] {
  const columns = Array.from(features ?? []);
  if (columns.length === 0)
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`features\` must name at least one column, got ${show(features)}`,
    });
  columns.forEach((feature) => checkNumber(source, { feature }, { min: 0, integer: true }));
  return columns;
}
