/**
 * The two axes whose second moments are kept as a row and a column, counted from the end; undefined where there are no two that are longer
 * than `longerThan`. The last two, which in and out are in tfjs; where those of a kernel are too short, the first two.
 */
export function factoredAxes(shape: readonly number[], longerThan: number): readonly [number, number] | undefined {
  const rank = shape.length;
  const pairs: readonly (readonly [number, number])[] =
    rank < 2
      ? []
      : [
          [-2, -1],
          [-rank, 1 - rank],
        ];
  return pairs.find((axes) => axes.every((axis) => (shape.at(axis) ?? 0) > longerThan));
}
