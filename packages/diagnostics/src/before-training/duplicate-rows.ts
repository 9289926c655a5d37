import { valuesPerExample, type ArrayData, type Column } from '@downhill/training';
import { rowsOf } from './feature-statistics.ts';

/** Two examples with the same inputs. */
export interface Pair {
  /** Rows of the columns. */
  readonly first: number;
  readonly second: number;
  /** Whether their labels are the same, too. */
  readonly sameLabel: boolean;
}

export interface Duplicates {
  /** Examples whose inputs were there before, each paired with the first one of its kind. */
  readonly within: readonly Pair[];
  /** Examples of the other data set whose inputs are among those of the first. */
  readonly between: readonly Pair[];
}

/** Examples that come twice in a data set, and those of another that are in it. Values that are NaN are equal to none. */
export function duplicateRows(data: ArrayData, others?: ArrayData): Duplicates {
  const [ours, theirs] = others === undefined ? [data.xs, undefined] : alike(data.xs, others.xs);
  const index = rowIndex(ours);
  const within = [...rowsOf(data)].flatMap((row) => {
    const first = index.add(row);
    return first === undefined ? [] : [pairOf(data, first, data, row)];
  });
  if (others === undefined || theirs === undefined) return { within, between: [] };
  const find = index.finder(theirs);
  const between = [...rowsOf(others)].flatMap((row) => {
    const first = find(row);
    return first === undefined ? [] : [pairOf(data, first, others, row)];
  });
  return { within, between };
}

/** Two columns whose values can be compared bit by bit: those of one type and scale as they are, others as the numbers of batches. */
function alike(a: Column, b: Column): readonly [Column, Column] {
  if (a.values.constructor === b.values.constructor && (a.scale ?? 1) === (b.scale ?? 1)) return [a, b];
  const scaled = ({ values, shape, scale = 1 }: Column): Column => ({ values: Float32Array.from(values, (value) => value * scale), shape });
  return [scaled(a), scaled(b)];
}

function pairOf(a: ArrayData, first: number, b: ArrayData, second: number): Pair {
  return { first, second, sameLabel: sameRow(a.ys, first, b.ys, second) };
}

function sameRow(a: Column, first: number, b: Column, second: number): boolean {
  const size = valuesPerExample(a);
  for (let i = 0; i < size; i++) if (a.values[first * size + i] !== b.values[second * size + i]) return false;
  return true;
}

/** Rows found again by their values: a hash of 53 bits, and the values compared. */
interface RowIndex {
  /** The row of equal values that was added before, which `row` joins; where there is none, `row` is added. */
  add(row: number): number | undefined;
  /** Looks for rows of another column. */
  finder(column: Column): (row: number) => number | undefined;
}

function rowIndex(column: Column): RowIndex {
  const known = new Map<number, number[]>();
  const hash = hashesOf(column);
  const among = (candidates: readonly number[], other: Column, row: number): number | undefined =>
    candidates.find((candidate) => sameRow(column, candidate, other, row));
  return {
    add(row) {
      const key = hash(row);
      const candidates = known.get(key);
      if (candidates === undefined) {
        known.set(key, [row]);
        return undefined;
      }
      const found = among(candidates, column, row);
      if (found === undefined) candidates.push(row);
      return found;
    },
    finder(other) {
      const hashOther = hashesOf(other);
      return (row) => among(known.get(hashOther(row)) ?? [], other, row);
    },
  };
}

/** Two multiplicative hashes over the bits of a row's values (after Fowler, Noll & Vo), joined to a whole number of 53 bits. */
function hashesOf({ values, shape }: Column): (row: number) => number {
  const words = values instanceof Float32Array ? new Uint32Array(values.buffer, values.byteOffset, values.length) : values;
  const size = shape.reduce((product, length) => product * length, 1);
  return (row) => {
    let [a, b] = [0x811c9dc5, 0x9747b28c];
    for (let i = row * size, end = i + size; i < end; i++) {
      const word = words[i] ?? 0;
      a = Math.imul(a ^ word, 0x01000193);
      b = Math.imul((b + word) ^ (b >>> 15), 0x85ebca6b);
    }
    return (a >>> 0) * 2 ** 21 + (b >>> 11);
  };
}
