import { checkNumber, checkOneOf, complete } from '@downhill/core';
import { meanOf } from '../checks/rows.ts';

/** Options of what sorts confidences into bins. */
export interface BinningOptions {
  /** How many bins: whole, at least 1. @defaultValue 15 (Guo et al. 2017, section 4) */
  bins?: number;
  /** `equalWidth`: ((b−1)/B, b/B], the first with 0; `equalMass`: as many examples in each, as far as possible. @defaultValue 'equalWidth' */
  binning?: 'equalWidth' | 'equalMass';
}

/** Some confidences between two bounds, and how often they were right. */
export interface Bin {
  readonly lower: number;
  readonly upper: number;
  /** How many confidences lie in it; with 0 the means are 0. */
  readonly count: number;
  /** The share that was right. */
  readonly accuracy: number;
  /** The mean confidence. */
  readonly confidence: number;
}

/** A confidence and whether what it was given for was right. */
export interface Judged {
  readonly confidence: number;
  readonly right: boolean;
}

/** @throws DownhillError `invalid-argument` */
export function checkedBinning(source: string, options: BinningOptions): Required<BinningOptions> {
  const { bins, binning } = complete(source, options, { bins: 15, binning: 'equalWidth' });
  checkNumber(source, { bins }, { min: 1, integer: true });
  checkOneOf(source, 'binning', binning, ['equalWidth', 'equalMass']);
  return { bins, binning };
}

export const intoBins = (judged: readonly Judged[], { bins, binning }: Required<BinningOptions>): readonly Bin[] =>
  binning === 'equalWidth' ? equalWidth(judged, bins) : equalMass(judged, bins);

function equalWidth(judged: readonly Judged[], bins: number): readonly Bin[] {
  const inside = Array.from({ length: bins }, (): Judged[] => []);
  for (const one of judged) inside[Math.max(0, firstAtLeast(one.confidence, bins) - 1)]?.push(one);
  return inside.map((some, b) => summary(some, b / bins, (b + 1) / bins));
}

/** The least b with confidence ≤ b / bins, decided by the bounds themselves and not by a product that rounds. */
function firstAtLeast(confidence: number, bins: number): number {
  const near = Math.min(bins, Math.ceil(confidence * bins));
  if (near > 0 && confidence <= (near - 1) / bins) return near - 1;
  return near < bins && confidence > near / bins ? near + 1 : near;
}

/** The first bins get one more where the examples do not divide evenly; equal confidences stay in the examples' order. */
function equalMass(judged: readonly Judged[], bins: number): readonly Bin[] {
  const sorted = judged.toSorted((a, b) => a.confidence - b.confidence);
  const [size, more] = [Math.floor(sorted.length / bins), sorted.length % bins];
  let lower = 0;
  return Array.from({ length: bins }, (_, b) => {
    const from = b * size + Math.min(b, more);
    const some = sorted.slice(from, from + size + (b < more ? 1 : 0));
    const upper = b === bins - 1 ? 1 : (some.at(-1)?.confidence ?? lower);
    const bin = summary(some, lower, upper);
    lower = upper;
    return bin;
  });
}

const summary = (some: readonly Judged[], lower: number, upper: number): Bin => ({
  lower,
  upper,
  count: some.length,
  accuracy: some.length === 0 ? 0 : meanOf(some.map(({ right }) => (right ? 1 : 0))),
  confidence: some.length === 0 ? 0 : meanOf(some.map(({ confidence }) => confidence)),
});

/** Σ count/N · |accuracy − confidence| */
export const gapOf = (bins: readonly Bin[]): number => {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  return bins.reduce((sum, bin) => sum + (bin.count / total) * Math.abs(bin.accuracy - bin.confidence), 0);
};
