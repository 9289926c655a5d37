import type { Pixels } from '../charts/pixels.ts';
import type { Result } from '../work/result.ts';

/** A layer's maps, and what a draw does to them. */
export interface DroppedMaps {
  readonly before: Pixels;
  /** What becomes of ones under the same draw: of each activation, or weight, the factor. */
  readonly draw: Pixels;
  readonly after: Pixels;
  /** The mean over many steps. */
  readonly mean: Pixels;
  /** Numbers of the maps: the mean activation before, after, and over many steps. */
  readonly means: { readonly before: number; readonly after: number; readonly mean: number };
  /** The share of the draw's places that are dropped. */
  readonly dropped: number;
  /** The share of activations that are zero. */
  readonly zeros: { readonly before: number; readonly after: number };
  /** The chance of each digit: the whole network's, under this draw, and the mean over many draws. */
  readonly chances: { readonly before: readonly number[]; readonly after: readonly number[]; readonly mean: readonly number[] };
}

/** A deep residual network whose blocks are left out now and then. */
export interface Depth {
  /** The chance of each block being kept. */
  readonly survival: readonly number[];
  /** What the branch of each is multiplied by at this step: 0 where it is left out. */
  readonly factors: readonly number[];
  /** How many are kept on average. */
  readonly expected: number;
  /** Which are kept at this step and those after it, a row a step. */
  readonly steps: readonly (readonly boolean[])[];
}

interface Span {
  readonly begin: number;
  readonly end: number;
}

/** A picture, its regions, and what is left of it. */
export interface Pooled {
  readonly image: Pixels;
  readonly rows: readonly Span[];
  readonly columns: readonly Span[];
  /** Of each region, where its largest value is: row · width + column of the picture. */
  readonly places: readonly number[];
  /** And that value. */
  readonly values: readonly number[];
  readonly result: Pixels;
}

/** The parts of the view. */
export interface ShownIn {
  readonly maps: DroppedMaps;
  readonly depth: Depth;
  readonly pooled: Pooled;
}
export type Part = keyof ShownIn;

/** A part that was worked out. */
export type RegularizationAnswer = { readonly [P in Part]: { readonly part: P; readonly result: Result<ShownIn[P]> } }[Part];
