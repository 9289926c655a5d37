import type { Outputs } from '@downhill/ensembles';
import type { TensorData } from '../../cases/tensor-data.ts';

/** [examples, width] */
export const outputsOfData = ({ shape, data }: TensorData): Outputs => ({
  values: Float64Array.from(data),
  shape: [shape[0] ?? 0, shape[1] ?? 0],
});

/** [members, examples, width] */
export function membersOfData({ shape, data }: TensorData): readonly Outputs[] {
  const [members = 0, examples = 0, width = 0] = shape;
  const size = examples * width;
  return Array.from({ length: members }, (_, m) => outputsOfData({ shape: [examples, width], data: data.slice(m * size, (m + 1) * size) }));
}

/** Numbers as outputs of one column. */
export const columnOf = ({ data }: TensorData): Outputs => ({ values: Float64Array.from(data), shape: [data.length, 1] });
