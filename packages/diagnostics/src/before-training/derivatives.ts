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
  /** `richardson`: central differences of two steps, extrapolated. */
  readonly difference: 'central' | 'forward' | 'richardson';
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
  const probes: Probe[] = [];
  for (const index of indices) probes.push(await bestProbe(options, index, here));
  const rounding = Math.max(standardDeviation(probes.map(({ fourth }) => fourth)), precision * Math.abs(here));
  const scale = Math.max(...probes.map(({ central }) => Math.abs(central)));
  return probes.map((probe, i) => {
    const [a, n] = [analytic[i] ?? Number.NaN, probe[difference]];
    const forgiven = (ROUNDING * rounding) / probe.step;
    const relativeError = Math.max(0, Math.abs(a - n) - forgiven) / Math.max(Math.abs(a) + Math.abs(n), 1e-12);
    const explained = relativeError > tolerance && Math.abs(a - n) <= probe.bend;
    const kinked = probe.bend > 4 * forgiven && (probe.bend > KINK * scale || explained);
    return {
      index: indices[i] ?? 0,
      analytic: a,
      numeric: n,
      relativeError: Number.isNaN(relativeError) ? Infinity : relativeError,
      verdict: kinked ? 'kink' : relativeError <= tolerance ? 'pass' : 'fail',
    };
  });
}

/** Of what makes up fourth differences, by their lower quartile, which kinks do not reach. */
function standardDeviation(fourths: readonly number[]): number {
  const sizes = fourths.map(Math.abs).sort((a, b) => a - b);
  return (sizes[Math.floor((sizes.length - 1) / 4)] ?? 0) / (NORMAL_QUARTILE * Math.sqrt(70)); // 70 = 1 + 16 + 36 + 16 + 1
}

/** A quarter of normal numbers are smaller than this in size. */
const NORMAL_QUARTILE = 0.3186;

async function bestProbe({ valueAt, stepOf, refinements }: DerivativesOptions, index: number, here: number): Promise<Probe> {
  let best = await probe(valueAt, index, stepOf(index), here);
  for (let i = 0; i < refinements && best.disagreement > AGREEMENT * Math.abs(best.central); i++) {
    const finer = await probe(valueAt, index, best.step / 4, here);
    if (finer.disagreement > best.disagreement) break; // rounding
    best = finer;
  }
  return best;
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
    disagreement: Math.abs(near - far),
    bend: Math.max(Math.abs(bendFar - 2 * bendNear), 4 * Math.abs(near - far)),
    fourth: behind2 - 4 * behind + 6 * here - 4 * ahead + ahead2,
  };
}
