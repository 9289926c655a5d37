import type { Pixels } from '../charts/pixels.ts';
import type { Result } from '../work/result.ts';
import type { AugmentationState } from './augmentation-state.ts';

/** A square picture, and a number that tells it from others. */
export interface Picture {
  readonly number: number;
  readonly pixels: Pixels;
}

/** What the worker is asked: all that is shown. */
export interface AugmentationRequest extends Pick<AugmentationState, 'steps' | 'seed' | 'epoch' | 'strength' | 'alpha'> {
  readonly picture: Picture;
  readonly partner: Picture;
}

/** What the pipeline makes of the picture when it comes as a sample of the data. */
export interface Sample {
  readonly pixels: Pixels;
  /** The pipeline as the call that makes it. */
  readonly code: string;
  /** What chance decided, a line for each operation. */
  readonly drawn: readonly string[];
  /** The passes in which it is done, in words. */
  readonly plan: string;
}

/** The picture mixed with its partner. */
export interface Mixed {
  readonly pixels: Pixels;
  readonly lambda: number;
  /** What the label says of the picture and of its partner. */
  readonly shares: readonly [own: number, partner: number];
}

/** The parts of the view, and what each of their cells shows. */
export interface ShownIn {
  readonly sample: Sample;
  readonly mixup: Mixed;
  readonly cutmix: Mixed;
  readonly gallery: Pixels;
  readonly view: Pixels;
}
export type Part = keyof ShownIn;

/** A cell of a part. */
export type Cell = {
  readonly [P in Part]: { readonly part: P; readonly index: number; readonly result: Result<ShownIn[P]> };
}[Part];
