/** Values over places that only grow. */
export interface Curve {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

/** Undefined where a curve has no point there, null where its point is a gap. */
export type Row = (number | null | undefined)[];

/** Curves over the places of all of them, as one table. */
export function joined(curves: readonly Curve[]): [number[], ...Row[]] {
  const places = [...new Set(curves.flatMap(({ x }) => x))].toSorted((a, b) => a - b);
  const columns = curves.map(({ x, y }): Row => {
    const at = new Map(x.map((place, i) => [place, y[i]]));
    return places.map((place) => at.get(place));
  });
  return [places, ...columns];
}

/** Of several points at one place the last, such as the epoch's end. */
export function lastOfEach(x: readonly number[], y: readonly (number | null)[]): Curve {
  const last = new Map<number, number | null>();
  x.forEach((place, i) => last.set(place, y[i] ?? null));
  const places = [...last.keys()].toSorted((a, b) => a - b);
  return { x: places, y: places.map((place) => last.get(place) ?? null) };
}
