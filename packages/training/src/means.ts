/** Means over the examples of many batches, as sums that a checkpoint can keep. */
export interface Sums {
  readonly examples: number;
  readonly totals: Readonly<Record<string, number>>;
}

export const NOTHING: Sums = { examples: 0, totals: {} };

/** Adds a batch's means. */
export function addMeans({ examples, totals }: Sums, values: Readonly<Record<string, number>>, count: number): Sums {
  const added = Object.entries(values).map(([name, value]): [string, number] => [name, (totals[name] ?? 0) + value * count]);
  return { examples: examples + count, totals: Object.fromEntries(added) };
}

export function meansOf({ examples, totals }: Sums): Record<string, number> {
  return Object.fromEntries(Object.entries(totals).map(([name, total]) => [name, total / examples]));
}
