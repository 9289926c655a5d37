/** How two members did on the same examples: `bothRight` is N¹¹ of Kuncheva & Whitaker 2003, table 1, and so on. Shares, of sum 1. */
export interface PairShares {
  readonly bothRight: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly bothWrong: number;
}

export function pairShares(first: readonly boolean[], second: readonly boolean[]): PairShares {
  const share = (a: boolean, b: boolean): number => first.filter((right, i) => right === a && second[i] === b).length / first.length;
  return { bothRight: share(true, true), onlyFirst: share(true, false), onlySecond: share(false, true), bothWrong: share(false, false) };
}

/** A measure of two members; null where it is 0/0. */
export type PairMeasure = (shares: PairShares) => number | null;

const ratio = (above: number, below: number): number | null => (below === 0 ? null : above / below);

type Named = 'disagreement' | 'qStatistic' | 'correlation' | 'doubleFault' | 'kappa';

/** Kuncheva & Whitaker 2003, section 3.1, as shares; κ: Cohen 1960. */
export const pairMeasures: Readonly<Record<Named, PairMeasure>> = {
  /** (N⁰¹ + N¹⁰) / N */
  disagreement: ({ onlyFirst, onlySecond }) => onlyFirst + onlySecond,
  /** (N¹¹N⁰⁰ − N⁰¹N¹⁰) / (N¹¹N⁰⁰ + N⁰¹N¹⁰) */
  qStatistic: ({ bothRight: a, onlyFirst: b, onlySecond: c, bothWrong: d }) => ratio(a * d - b * c, a * d + b * c),
  /** (N¹¹N⁰⁰ − N⁰¹N¹⁰) / √((N¹¹ + N¹⁰)(N⁰¹ + N⁰⁰)(N¹¹ + N⁰¹)(N¹⁰ + N⁰⁰)) */
  correlation: ({ bothRight: a, onlyFirst: b, onlySecond: c, bothWrong: d }) =>
    ratio(a * d - b * c, Math.sqrt((a + b) * (c + d) * (a + c) * (b + d))),
  /** N⁰⁰ / N */
  doubleFault: ({ bothWrong }) => bothWrong,
  /** 2 (N¹¹N⁰⁰ − N⁰¹N¹⁰) / ((N¹¹ + N¹⁰)(N¹⁰ + N⁰⁰) + (N¹¹ + N⁰¹)(N⁰¹ + N⁰⁰)) */
  kappa: ({ bothRight: a, onlyFirst: b, onlySecond: c, bothWrong: d }) => ratio(2 * (a * d - b * c), (a + b) * (b + d) + (a + c) * (c + d)),
};
