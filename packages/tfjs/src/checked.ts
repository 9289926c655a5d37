import { DownhillError } from '@downhill/core';
import { clone, type Tensor } from '@tensorflow/tfjs-core';

const kind = ({ dtype, shape }: Tensor): string => `${dtype} [${shape}]`;

/**
 * What a rule made, as a tensor of its own.
 *
 * @param like What it must be like; undefined where the rule made what it has not declared.
 * @throws DownhillError `shape-mismatch` where it is not.
 */
export function checked(source: string, what: string, made: unknown, like: Tensor | undefined): Tensor {
  const tensor = made as Tensor;
  if (like !== undefined && kind(tensor) === kind(like)) return clone(tensor);
  throw new DownhillError({
    code: 'shape-mismatch',
    source,
    problem: `the ${what} must be ${like === undefined ? 'one that the rule declares' : kind(like)}, got ${kind(tensor)}`,
  });
}
