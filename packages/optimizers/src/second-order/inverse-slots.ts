import { DownhillError, type LossAccess } from '@downhill/core';
import { fill, tensor, type Tensor } from '@tensorflow/tfjs-core';
import type { Stretch } from './landscape.ts';

type Access = Pick<LossAccess<Tensor>, 'slot' | 'setSlot'>;

/**
 * The matrix out of the slots `inverse` and `place` of all parameters, in their order of today, which may be another than when it was kept; undefined where
 * all is 0.
 *
 * @throws DownhillError `state-mismatch` where it was kept of other weights.
 */
export function recallInverse({ slot }: Access, stretches: readonly Stretch[]): Float64Array | undefined {
  const size = stretches.at(-1)?.to ?? 0;
  const kept = stretches.map(({ name }) => slot(name, 'place').dataSync()[0] ?? 0);
  const rows = new Float64Array(size * size);
  for (const { name, from, to } of stretches) {
    const { shape } = slot(name, 'inverse');
    if (shape[0] !== size)
      throw new DownhillError({
        code: 'state-mismatch',
        source: 'bfgs',
        problem: `it began with ${shape[0]} weights, and now there are ${size}`,
        advice: 'Take an optimizer for each set of variables.',
      });
    const values = slot(name, 'inverse').dataSync();
    stretches.forEach((other, o) => {
      for (let j = 0; j < other.to - other.from; j++)
        for (let i = 0; i < to - from; i++) rows[(from + i) * size + other.from + j] = values[((kept[o] ?? 0) + j) * (to - from) + i] ?? 0;
    });
  }
  return rows.some((value) => value !== 0) ? rows : undefined;
}

/** @param rows Undefined where nothing is known. */
export function keepInverse({ setSlot }: Access, stretches: readonly Stretch[], rows: Float64Array | undefined): void {
  const size = stretches.at(-1)?.to ?? 0;
  for (const { name, shape, from, to } of stretches) {
    const values = new Float32Array(size * (to - from));
    for (let j = 0; j < size && rows !== undefined; j++)
      for (let i = 0; i < to - from; i++) values[j * (to - from) + i] = rows[(from + i) * size + j] ?? 0;
    setSlot(name, 'inverse', tensor(values, [size, ...shape], 'float32'));
    setSlot(
      name,
      'place',
      fill(
        shape.map(() => 1),
        from,
        'float32',
      ),
    );
  }
}
