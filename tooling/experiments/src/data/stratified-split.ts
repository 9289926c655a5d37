import { randomStream, streamKey } from '@downhill/core';

export interface SplitSize {
  readonly training: number;
  readonly heldOut: number;
}

/** Pictures with their class. */
export interface Labelled<T> {
  readonly label: number;
  readonly picture: T;
}

/**
 * Draws as many pictures of each class for training and, others, to be held out. The classes take turns in what is returned, so that the
 * first pictures have all of them.
 *
 * @param size Of both sides, all classes together: multiples of their number.
 */
export function stratifiedSplit<T>(
  classes: readonly (readonly T[])[],
  size: SplitSize,
  seed: number,
): { readonly training: readonly Labelled<T>[]; readonly heldOut: readonly Labelled<T>[] } {
  const [training, heldOut] = [size.training / classes.length, size.heldOut / classes.length];
  const shuffled = classes.map((pictures, label) => shuffle(pictures, streamKey(seed, 'stratified split', label)));
  const short = shuffled.findIndex((pictures) => pictures.length < training + heldOut);
  if (short >= 0) throw new RangeError(`class ${short} has ${shuffled[short]?.length} pictures, not ${training + heldOut}`);
  return { training: inTurns(shuffled, 0, training), heldOut: inTurns(shuffled, training, training + heldOut) };
}

function shuffle<T>(pictures: readonly T[], key: ReturnType<typeof streamKey>): readonly T[] {
  return [...randomStream(key).permutation(pictures.length)].flatMap((index) => pictures.slice(index, index + 1));
}

function inTurns<T>(classes: readonly (readonly T[])[], from: number, to: number): readonly Labelled<T>[] {
  return Array.from({ length: to - from }, (_, index) => from + index).flatMap((index) =>
    classes.flatMap((pictures, label) => pictures.slice(index, index + 1).map((picture) => ({ label, picture }))),
  );
}
