/**
 * The eigenvalues of a symmetric tridiagonal matrix by QL iterations with implicit shifts (Dubrulle, Martin & Wilkinson 1968), in float64.
 * The rotations are also applied to `rows`: with the rows of the identity their columns become the eigenvectors, with its last row alone
 * they give the last component of each. The eigenvalues are in no order.
 *
 * @param offDiagonal One shorter than the diagonal.
 */
export function tridiagonalEigenvalues(
  diagonal: readonly number[],
  offDiagonal: readonly number[],
  rows: readonly Float64Array[] = [],
): Float64Array {
  const size = [...diagonal, ...offDiagonal].reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (size === 0) return Float64Array.from(diagonal);
  const d = Float64Array.from(diagonal, (value) => value / size); // so that no square underflows
  const e = Float64Array.from({ length: d.length }, (_, i) => (offDiagonal[i] ?? 0) / size);
  const at = (values: Float64Array, i: number): number => values[i] ?? 0;
  const splits = (i: number): boolean => Math.abs(at(e, i)) <= Number.EPSILON;
  for (let first = 0; first < d.length; first++)
    for (;;) {
      let last = first;
      while (last < d.length - 1 && !splits(last)) last++;
      if (last === first) break;
      chase(first, last);
    }
  return d.map((value) => value * size);

  /** One QL step on the block from `first` to `last`: the shift's bulge is chased upwards by plane rotations. */
  function chase(first: number, last: number): void {
    const half = (at(d, first + 1) - at(d, first)) / (2 * at(e, first));
    const root = Math.sqrt(half * half + 1);
    let g = at(d, last) - at(d, first) + at(e, first) / (half + (half < 0 ? -root : root));
    let [sine, cosine, shift] = [1, 1, 0];
    for (let i = last - 1; i >= first; i--) {
      const [f, b] = [sine * at(e, i), cosine * at(e, i)];
      const r = Math.sqrt(f * f + g * g);
      e[i + 1] = r;
      if (r === 0) {
        d[i + 1] = at(d, i + 1) - shift;
        e[last] = 0;
        return;
      }
      [sine, cosine] = [f / r, g / r];
      g = at(d, i + 1) - shift;
      const turned = (at(d, i) - g) * sine + 2 * cosine * b;
      shift = sine * turned;
      d[i + 1] = g + shift;
      g = cosine * turned - b;
      for (const row of rows)
        [row[i], row[i + 1]] = [cosine * at(row, i) - sine * at(row, i + 1), sine * at(row, i) + cosine * at(row, i + 1)];
    }
    d[first] = at(d, first) - shift;
    e[first] = g;
    e[last] = 0;
  }
}
