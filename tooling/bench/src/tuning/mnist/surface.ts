/** How good a small network becomes, measured once over a grid of its hyper-parameters. */
export interface Surface {
  /** How it was measured, in words. */
  readonly measured: string;
  /** The places of the grid, in the order of the table's dimensions. Logarithmic ones are even in the logarithm. */
  readonly axes: readonly Axis[];
  /** Row by row, the last axis running fastest: the share of held-out pictures that are classified wrongly, a mean over seeds. */
  readonly errors: readonly number[];
}

/** One hyper-parameter. */
export interface Axis {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
  /** Places from `low` to `high`, both included. */
  readonly places: number;
}

/** The value of an axis at one of its places, which need not be whole. */
export function valueAt({ low, high, log, places }: Axis, place: number): number {
  const share = place / (places - 1);
  return log ? low * (high / low) ** share : low + share * (high - low);
}

/** The place of a value: the inverse of {@link valueAt}. */
export function placeOf({ low, high, log, places }: Axis, value: number): number {
  const share = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.min(Math.max(share * (places - 1), 0), places - 1);
}

/** The error at values of the axes: between the places of the grid, linear in each place. */
export function errorAt({ axes, errors }: Surface, values: readonly number[]): number {
  const places = axes.map((axis, i) => placeOf(axis, values[i] ?? Number.NaN));
  const between = (dimension: number, row: number): number => {
    const [axis, place] = [axes[dimension], places[dimension] ?? Number.NaN];
    if (axis === undefined) return errors[row] ?? Number.NaN;
    const first = Math.min(Math.floor(place), axis.places - 2);
    const [low, high] = [first, first + 1].map((next) => between(dimension + 1, row * axis.places + next)) as [number, number];
    return low + (place - first) * (high - low);
  };
  return between(0, 0);
}
