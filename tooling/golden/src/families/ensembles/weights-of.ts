import type { Weights } from '@downhill/ensembles';

/** A model of one tensor. */
export const weightsOf = (shape: readonly number[], values: readonly number[]): Weights =>
  new Map([['model/w', { dtype: 'float32' as const, shape, values: Float32Array.from(values) }]]);

/** The tensor of such a model. */
export const valuesOf = (weights: Weights): ArrayLike<number> => weights.get('model/w')?.values ?? [];

/** The rows of what has one more axis. */
export const rowsOf = ({ shape, data }: { readonly shape: readonly number[]; readonly data: readonly number[] }): readonly number[][] => {
  const width = shape.slice(1).reduce((product, length) => product * length, 1);
  return Array.from({ length: shape[0] ?? 0 }, (_, i) => data.slice(i * width, (i + 1) * width));
};
