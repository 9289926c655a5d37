import { augmentation, type Augmentation } from '@downhill/core';
import { intervalOf, type Interval } from './interval.ts';
import { checkDraw } from './check-draw.ts';
import { checkOptions } from './check-options.ts';

/** Options of {@link hue}. */
export interface HueOptions {
  /** The shift is drawn from [low, high], or [-m, m] for m; ½ is half a turn of the colour circle, the most there is. */
  hue: Interval;
}

/** The shift, in turns. */
export interface HueDraw {
  readonly shift: number;
  readonly [key: string]: number;
}

/**
 * Turns the colour circle: h' = (h + shift) mod 1 in HSV, torchvision's `adjust_hue`.
 *
 * @example
 * const tint = hue({ hue: 0.1 });
 * tint.name; // 'hue'
 *
 * @throws DownhillError `invalid-argument` for a range outside [-0.5, 0.5]; when it is applied, for an image that has not three channels.
 */
export function hue(options: HueOptions): Augmentation<HueDraw> {
  checkOptions('hue', options, ['hue']);
  const shifts = intervalOf('hue', 'hue', options.hue, { min: -0.5, max: 0.5 });
  return augmentation<HueDraw>({
    name: 'hue',
    config: { ...options },
    channels: 3,
    check: (draw) => checkDraw('hue', draw, { shift: { min: -0.5, max: 0.5 } }),
    draw: (draws) => ({ shift: draws.uniform(...shifts) }),
    apply: ({ shift }) => [{ kind: 'pointwise', name: 'hue', shift }],
  });
}
