import { DownhillError, show } from '@downhill/core';
import type { Outputs } from '../outputs.ts';
import { classColumns } from './class-columns.ts';
import { rowOf, sumOf, type Row } from './rows.ts';

/** A row of probabilities may be this far from a sum of 1: float32 softmax over many classes, or half precision, is. */
const SUM_TOLERANCE = 1e-3;
/** Float32 arithmetic may leave a probability this far above 1. */
const ROUNDING = 1e-6;

const isOutputs = (value: unknown): value is Outputs =>
  typeof value === 'object' && value !== null && 'values' in value && 'shape' in value && Array.isArray(value.shape);

/** @throws DownhillError `invalid-argument`, `shape-mismatch`, `non-finite` */
export function checkOutputs(source: string, name: string, value: unknown): asserts value is Outputs {
  if (!isOutputs(value))
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`${name}\` must be outputs { values, shape }, got ${show(value)}`,
      advice: 'Read a tensor with await outputsOf(tensor), rows of numbers with outputsFrom(rows).',
    });
  const { values, shape } = value;
  const [examples, width] = shape;
  if (shape.length !== 2 || !(examples >= 1 && width >= 1) || values.length !== examples * width)
    throw new DownhillError({
      code: 'shape-mismatch',
      source,
      problem: `\`${name}\` must have a shape [examples, width] of at least [1, 1] that fits its values, got [${shape.join(', ')}] with ${values.length} values`,
    });
  const bad = values.findIndex((number) => !Number.isFinite(number));
  if (bad >= 0)
    throw new DownhillError({
      code: 'non-finite',
      source,
      problem: `\`${name}\` must be finite, got ${values[bad]} in row ${Math.floor(bad / width)}, column ${bad % width}`,
      advice: 'Look at what the member puts out for that example; a diverged member cannot be combined.',
    });
}

const isDistribution = (row: Row): boolean =>
  row.every((p) => p >= 0 && p <= 1 + ROUNDING) && (row.length === 1 || Math.abs(sumOf(row) - 1) <= SUM_TOLERANCE);

/**
 * Probabilities with a column for each class: one column is the probability of class 1.
 *
 * @param otherwise What to do if these are neither probabilities nor to be made some.
 *
 * @throws DownhillError as {@link checkOutputs}; `data-invalid` where a row is no distribution.
 */
export function checkedProbabilities(source: string, name: string, value: unknown, otherwise?: string): Outputs {
  checkOutputs(source, name, value);
  const [examples, width] = value.shape;
  for (let i = 0; i < examples; i++) {
    const row = rowOf(value, i);
    if (isDistribution(row)) continue;
    throw new DownhillError({
      code: 'data-invalid',
      source,
      problem: `\`${name}\` must be probabilities, each in [0, 1]${width === 1 ? '' : ` and each row of sum 1 (within ${SUM_TOLERANCE})`}, got row ${i} ${show([...row])}`,
      advice: `If these are logits, apply ${width === 1 ? 'a sigmoid' : 'softmax'} first${otherwise === undefined ? '.' : `; ${otherwise}`}`,
    });
  }
  return classColumns(value);
}
