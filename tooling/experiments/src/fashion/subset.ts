import { mnist } from '@downhill/demo/recipe';
import type { ArrayData } from '@downhill/training';
import { FASHION_SPLIT, readFashionMnist } from '../data/fashion-mnist.ts';

/** A part of Fashion-MNIST with as many pictures of each class. */
export interface FashionSubset {
  readonly training: Rows;
  /** Pictures that are neither trained on nor held out. */
  readonly validation: Rows;
  readonly heldOut: Rows;
}

type Rows = ArrayData & Required<Pick<ArrayData, 'rows'>>;

/** How many pictures of each kind: multiples of ten. */
export interface SubsetSize {
  readonly training: number;
  readonly validation: number;
  readonly heldOut: number;
}

/** Reads the first pictures of our split, in which the classes take turns. */
export async function fashionSubset(size: SubsetSize): Promise<FashionSubset> {
  const { training, test } = mnist(await readFashionMnist(), FASHION_SPLIT.training);
  return {
    training: rowsOf(training, 0, size.training),
    validation: rowsOf(training, size.training, size.validation),
    heldOut: rowsOf(test, 0, size.heldOut),
  };
}

const rowsOf = (data: ArrayData, from: number, count: number): Rows => ({
  ...data,
  rows: Int32Array.from({ length: count }, (_, index) => from + index),
});
