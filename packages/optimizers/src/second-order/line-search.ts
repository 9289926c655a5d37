import type { Look, Point } from './point.ts';
import { dot, plus } from './vectors.ts';

/** What a line search gets. */
export interface Line {
  readonly look: Look;
  readonly from: Point;
  /** Leads downhill. */
  readonly direction: Float64Array;
  /** The length that is tried first, in units of the direction. */
  readonly first: number;
  /** What a loss may be off for its rounding, relative to it: so much higher counts as equal, and the slope decides. */
  readonly rounding: number;
  /** A bracket in which no weight moves more than this is not divided further. */
  readonly toleranceChange: number;
}

/** Where a line search ended, and how often it looked; undefined where it found nothing lower. */
export interface Found {
  readonly point: Point | undefined;
  readonly evaluations: number;
}

export type LineSearch = (line: Line) => Found;

/** A point on the line, `at` lengths of the direction from its start. */
export interface Trial {
  readonly at: number;
  readonly point: Point;
  readonly loss: number;
  /** Of the loss along the line. */
  readonly slope: number;
}

/** At most so many looks: PyTorch's `max_ls`. */
export const MOST_LOOKS = 25;

/** c₁, the least share of the promised decrease that is taken: Nocedal & Wright 2006, chapter 3; PyTorch. */
const SUFFICIENT = 1e-4;

export const trialOf = ({ direction }: Line, at: number, point: Point): Trial => ({
  at,
  point,
  loss: point.loss,
  slope: dot(point.gradient, direction),
});

export const trialAt = (line: Line, at: number): Trial => trialOf(line, at, line.look(plus(line.from.x, at, line.direction)));

/** NaN and infinity are too far, whatever the slope says. */
export const isUsable = ({ loss, slope }: Trial): boolean => Number.isFinite(loss) && Number.isFinite(slope);

/** Armijo's condition, Nocedal & Wright 2006, equation 3.4, but for rounding. */
export const decreasesEnough = ({ rounding }: Line, start: Trial, { at, loss }: Trial): boolean =>
  loss <= start.loss + SUFFICIENT * at * start.slope + rounding * Math.abs(start.loss);
