import { checkNumber, DownhillError, randomStream, streamKey } from '@downhill/core';

/** One value, or one array of values, an example; the examples lie one after the other. */
export interface Column {
  readonly values: Float32Array | Int32Array | Uint8Array;
  /** The shape of one example: `[28, 28, 1]` for a picture, `[]` for a number. */
  readonly shape: readonly number[];
  /** The type of the batches' tensors. @defaultValue 'int32' for an Int32Array, else 'float32' */
  readonly dtype?: 'float32' | 'int32';
  /** Every value is multiplied by it: 1/255 brings bytes to [0, 1]. @defaultValue 1 */
  readonly scale?: number;
}

/** A data set in memory. */
export interface ArrayData {
  readonly xs: Column;
  readonly ys: Column;
  /** How much each example counts in the loss. */
  readonly weights?: Float32Array;
  /** Which examples, and in which order; left out, all as they lie. */
  readonly rows?: Int32Array;
}

/** How many values an example of a column has. */
export const valuesPerExample = (column: Column): number => column.shape.reduce((product, length) => product * length, 1);

/**
 * How many examples a data set has.
 *
 * @throws DownhillError `shape-mismatch` where `xs`, `ys` and `weights` have not one row an example.
 */
export function examplesOf(source: string, { xs, ys, weights, rows }: ArrayData): number {
  const count = xs.values.length / valuesPerExample(xs);
  if (!Number.isInteger(count))
    throw mismatch(
      source,
      `\`xs\` has ${xs.values.length} values, which are no whole number of examples of shape [${xs.shape.join(', ')}]`,
    );
  if (ys.values.length !== count * valuesPerExample(ys))
    throw mismatch(
      source,
      `\`ys\` must have one row per example (${count}) of shape [${ys.shape.join(', ')}], got ${ys.values.length} values`,
    );
  if (weights !== undefined && weights.length !== count)
    throw mismatch(source, `\`weights\` must have one number per example (${count}), got ${weights.length}`);
  return rows?.length ?? count;
}

function mismatch(source: string, problem: string): DownhillError {
  return new DownhillError({ code: 'shape-mismatch', source, problem });
}

export interface SplitOptions {
  /** The share of examples held out, in (0, 1). */
  readonly share: number;
  /** Which examples these are depends on the seed alone. @defaultValue 0 */
  readonly seed?: number;
}

/**
 * Holds out a share of a data set, drawn at random: the examples are shuffled first and split then, so that sorted data does not leave
 * whole classes out (as `model.fit`'s `validationSplit` does, which takes the last rows as they lie).
 */
export function split(data: ArrayData, { share, seed = 0 }: SplitOptions): { readonly training: ArrayData; readonly heldOut: ArrayData } {
  checkNumber('split', { share }, { above: 0, below: 1 });
  checkNumber('split', { seed }, { integer: true });
  const examples = examplesOf('split', data);
  const order = randomStream(streamKey(seed, 'split')).permutation(examples);
  const rows = Int32Array.from(order, (i) => data.rows?.[i] ?? i);
  const held = Math.round(examples * share);
  return { training: { ...data, rows: rows.subarray(held) }, heldOut: { ...data, rows: rows.subarray(0, held) } };
}
