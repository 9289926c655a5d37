import { checkNumber } from '@downhill/core';

/** What is known of the loss along a step, at its start and its end. */
export interface StepAlongLine {
  /** ‖w₁ − w₀‖ */
  readonly stepLength: number;
  readonly loss: readonly [start: number, end: number];
  /** Derivatives of the loss along the step, for a length of 1. */
  readonly slope: readonly [start: number, end: number];
  /** How unsure each loss is; only their relation counts. */
  readonly lossVariance: readonly [start: number, end: number];
  readonly slopeVariance: readonly [start: number, end: number];
}

export interface Alpha {
  /** q₀ + q₁ s + q₂ s² along the step; null where the fit is singular. */
  readonly quadratic: readonly [q0: number, q1: number, q2: number] | null;
  /** 0: right into the minimum along the step; −1: no step, or no minimum that way; 1: as high up on the other side. */
  readonly alpha: number | null;
}

/** What stands for a variance of 0, as in Cockpit. */
const LEAST_VARIANCE = 1e-10;

/**
 * α of Cockpit (Schneider, Dangel & Hennig 2021, section 3.1): how far across the valley a step went. A parabola is fitted to loss and slope at both
 * ends by least squares, weighted by 1/variance.
 *
 *     α = 2 t / s* − 1, s* = −q₁/q₂, twice the way to the minimum
 *
 * @example
 * const line = { stepLength: 1, loss: [1, 0], slope: [-2, 0], lossVariance: [1, 1], slopeVariance: [1, 1] };
 * Math.abs(alphaOf(line).alpha) < 1e-12; // true
 *
 * @throws DownhillError `invalid-argument` for a negative length.
 */
export function alphaOf({ stepLength: t, loss, slope, lossVariance, slopeVariance }: StepAlongLine): Alpha {
  checkNumber('alphaOf', { stepLength: t }, { min: 0 });
  const weights = [...lossVariance, ...slopeVariance].map((variance) => 1 / (variance === 0 ? LEAST_VARIANCE : variance));
  const observed = [...loss, ...slope];
  const design = [[1, 0, 0], [1, t, t * t], [0, 1, 0], [0, 1, 2 * t]]; // prettier-ignore
  const moment = (i: number, values: readonly number[]): number =>
    design.reduce((sum, row, k) => sum + (weights[k] ?? 0) * (row[i] ?? 0) * (values[k] ?? 0), 0);
  const system = [0, 1, 2].map((i) => [...[0, 1, 2].map((j) => moment(i, design.map((row) => row[j] ?? 0))), moment(i, observed)]); // prettier-ignore
  const quadratic = t === 0 ? null : solved(system);
  if (quadratic === null) return { quadratic, alpha: t === 0 ? -1 : null };
  const [, q1, q2] = quadratic;
  return { quadratic, alpha: q2 < 0 ? -1 : (-2 * t * q2) / q1 - 1 };
}

/** Three equations with the right side as their last column, by elimination with pivots; null where they are singular. */
function solved(system: readonly (readonly number[])[]): [number, number, number] | null {
  const rows = system.map((row) => [...row]);
  const entry = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let k = 0; k < 3; k++) {
    const rest = [0, 1, 2].filter((i) => i >= k);
    const pivot = rest.reduce((best, i) => (Math.abs(entry(i, k)) > Math.abs(entry(best, k)) ? i : best), k);
    if (entry(pivot, k) === 0 || !Number.isFinite(entry(pivot, k))) return null;
    [rows[k], rows[pivot]] = [rows[pivot] ?? [], rows[k] ?? []];
    for (const i of [0, 1, 2].filter((row) => row !== k)) {
      const factor = entry(i, k) / entry(k, k);
      rows[i] = (rows[i] ?? []).map((value, j) => value - factor * entry(k, j));
    }
  }
  const solution = [0, 1, 2].map((i) => entry(i, 3) / entry(i, i));
  return [solution[0] ?? 0, solution[1] ?? 0, solution[2] ?? 0];
}
