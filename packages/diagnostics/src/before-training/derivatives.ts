/** `richardson`: central differences of two steps, extrapolated. */
export type Choice = 'central' | 'forward' | 'richardson';

/** The loss with one weight moved. */
export type ValueAt = (index: number, delta: number) => number | Promise<number>;

export interface DerivativesOptions {
  /** Which weights are looked at. */
  readonly indices: readonly number[];
  /** Their derivatives as the gradient has them, in the same order. */
  readonly analytic: readonly number[];
  readonly valueAt: ValueAt;
  /** The step tried first. */
  readonly stepOf: (index: number) => number;
  /** How often the step may be quartered where two steps disagree. */
  readonly refinements: number;
  readonly difference: Choice;
  /** The largest relative error that passes. */
  readonly tolerance: number;
  /** The rounding of a value, relative to it: 2⁻²⁴ for float32. */
  readonly precision: number;
}

/** One weight's derivative, by the gradient and by differences. */
export interface Derivative {
  readonly index: number;
  readonly analytic: number;
  readonly numeric: number;
  /** max(0, |a − n| − rounding) / max(|a| + |n|, 1e-12) */
  readonly relativeError: number;
  readonly verdict: 'pass' | 'fail' | 'kink';
}

/** Differences at one step. */
interface Probe {
  readonly step: number;
  readonly forward: number;
  readonly central: number;
  readonly richardson: number;
  /** Between the slopes on both sides. */
  readonly gap: number;
  /** |D(h) − D(2h)| */
  readonly disagreement: number;
  /** How far the slopes on both sides are from those of a smooth function; 0 up to the order h². */
  readonly bend: number;
  /** f(−2h) − 4 f(−h) + 6 f(0) − 4 f(h) + f(2h): rounding, where the function is smooth. */
  readonly fourth: number;
}

/** Two steps agree well enough to stop at. */
const AGREEMENT = 1e-3;
/** A bend of this share of the largest derivative is a kink. */
const KINK = 0.05;
/** Standard deviations of rounding that are forgiven. */
const ROUNDING = 5;

/**
 * Compares a gradient with finite differences.
 *
 *     D(h) = (f(w + h) − f(w − h)) / 2h        richardson = (4 D(h) − D(2h)) / 3
 *
 * What rounding does to the differences is measured: fourth differences of a smooth function are nothing else, and their lower quartile over the weights gives
 * its size. A kink within 2h shows by slopes on both sides that do not close up as the step shrinks, and by D(h) ≠ D(2h).
 */
export async function derivatives(options: DerivativesOptions): Promise<Derivative[]> {
  const { indices, analytic, difference, tolerance, precision, valueAt } = options;
  if (indices.length === 0) return [];
  const here = await valueAt(indices[0] ?? 0, 0);
  const ladders: Ladder[] = [];
  for (const index of indices) ladders.push(await ladderOf(options, index, here));
  const rounding = Math.max(standardDeviation(ladders.map(({ best }) => best.fourth)), precision * Math.abs(here));
  const scale = Math.max(...ladders.map(({ best }) => Math.abs(best.central)));
  const roughness = roughnessOf(ladders, options.refinements);
  return ladders.map(({ best, probes }, i) => {
    const [a, n] = [analytic[i] ?? Number.NaN, best[difference]];
    const forgiven = ROUNDING * (rounding / best.step);
    const off = Math.abs(a - n);
    const relativeError = Math.max(0, off - forgiven) / Math.max(Math.abs(a) + Math.abs(n), 1e-12);
    const rough = best.bend > 4 * forgiven;
    const finer = probes.length > options.refinements ? probes.slice(1) : []; // a smooth function settles earlier
    const unsettled = relativeError > tolerance && finer.some((other) => contradicts(other, { a, n, off, difference, rounding }));
    const explained = relativeError > tolerance && off <= (rough ? Math.max(best.bend, roughness) : roughness);
    const kinked = (rough && best.bend > KINK * scale) || explained || unsettled;
    return {
      index: indices[i] ?? 0,
      analytic: a,
      numeric: n,
      relativeError: Number.isNaN(relativeError) ? Infinity : relativeError,
      verdict: kinked ? 'kink' : relativeError <= tolerance ? 'pass' : 'fail',
    };
  });
}

/**
 * What many small kinks do to differences, as ReLUs make them for each example of a batch: twice the root mean square of the bends of weights at which no two steps
 * agreed; 0 where these are fewer than a fifth, as for smooth functions.
 */
function roughnessOf(ladders: readonly Ladder[], refinements: number): number {
  const open = refinements === 0 ? [] : ladders.filter(({ probes }) => probes.length > refinements);
  if (open.length === 0 || open.length < ladders.length / 5) return 0;
  return 2 * Math.sqrt(open.reduce((sum, { best }) => sum + best.bend ** 2, 0) / open.length);
}

/**
 * Whether differences at another step are as far from those at the best one as the gradient is, or the slopes on its two sides from one another, rounding
 * aside: then differences settle nothing.
 */
function contradicts(
  other: Probe,
  { a, n, off, difference, rounding }: { a: number; n: number; off: number; difference: Choice; rounding: number },
): boolean {
  if (ROUNDING * (rounding / other.step) > off / 2) return false;
  return Math.abs(other[difference] - n) >= off / 2 || Math.abs(other[difference] - a) <= off / 2 || other.gap >= off;
}

/** Of what makes up fourth differences, by their lower quartile, which kinks do not reach. */
function standardDeviation(fourths: readonly number[]): number {
  const sizes = fourths.map(Math.abs).sort((a, b) => a - b);
  return (sizes[Math.floor((sizes.length - 1) / 4)] ?? 0) / (NORMAL_QUARTILE * Math.sqrt(70)); // 70 = 1 + 16 + 36 + 16 + 1
}

/** A quarter of normal numbers are smaller than this in size. */
const NORMAL_QUARTILE = 0.3186;

/** Differences of one weight at shrinking steps, until two agree. */
interface Ladder {
  readonly probes: readonly Probe[];
  /** Where two steps agree best, as far as rounding goes. */
  readonly best: Probe;
}

async function ladderOf({ valueAt, stepOf, refinements, precision }: DerivativesOptions, index: number, here: number): Promise<Ladder> {
  const probes = [await probe(valueAt, index, stepOf(index), here)];
  const doubt = ({ disagreement, step }: Probe): number => disagreement + (precision * Math.abs(here)) / step;
  for (let last = probes[0]; last !== undefined && probes.length <= refinements; last = probes.at(-1)) {
    if (last.disagreement <= AGREEMENT * Math.abs(last.central)) break;
    probes.push(await probe(valueAt, index, last.step / 4, here));
  }
  return { probes, best: probes.reduce((one, other) => (doubt(other) < doubt(one) ? other : one)) };
}

async function probe(valueAt: ValueAt, index: number, h: number, here: number): Promise<Probe> {
  const [behind2, behind, ahead, ahead2] = [await valueAt(index, -2 * h), await valueAt(index, -h), await valueAt(index, h), await valueAt(index, 2 * h)]; // prettier-ignore
  const [near, far] = [(ahead - behind) / (2 * h), (ahead2 - behind2) / (4 * h)];
  const [bendNear, bendFar] = [(ahead - 2 * here + behind) / h, (ahead2 - 2 * here + behind2) / (2 * h)];
  return {
    step: h,
    forward: (ahead - here) / h,
    central: near,
    richardson: (4 * near - far) / 3,
    gap: Math.abs(bendNear),
    disagreement: Math.abs(near - far),
    bend: Math.max(Math.abs(bendFar - 2 * bendNear), 4 * Math.abs(near - far)),
    fourth: behind2 - 4 * behind + 6 * here - 4 * ahead + ahead2,
  };
}
