import { augmentation, checkNumber, DownhillError, type Augmentation } from '@downhill/core';
import { cropped } from '../geometry/crop-geometry.ts';
import { checkOptions } from './check-options.ts';
import { resamplingOf, type ResamplingOptions } from './resampling.ts';

/** Options of {@link pad}. */
export interface PadOptions extends Omit<ResamplingOptions, 'interpolation'> {
  /** Pixels: on all sides, or [left, top, right, bottom] as torchvision has them. */
  padding: number | readonly [left: number, top: number, right: number, bottom: number];
}

/**
 * Puts pixels around the image: torchvision's `Pad`.
 *
 * @example
 * const frame = pad({ padding: 4, border: 'reflect' });
 * frame.name; // 'pad'
 *
 * @throws DownhillError `invalid-argument` for a padding that is none; when it is applied, for one that mirrors more than the image has.
 */
export function pad(options: PadOptions): Augmentation<null> {
  checkOptions('pad', options, ['padding', 'border', 'fill']);
  const { padding } = options;
  const sides = Array.isArray(padding) ? (padding as readonly number[]) : [padding as number, padding, padding, padding];
  const [left, top, right, bottom] = sides as [number, number, number, number];
  const given = Array.isArray(padding) ? { 'padding[0]': left, 'padding[1]': top, 'padding[2]': right, 'padding[3]': bottom } : { padding };
  checkNumber('pad', given, { min: 0, integer: true });
  const { border, fill } = resamplingOf('pad', options);
  const reach = border === 'reflect' ? 1 : 0;
  return augmentation<null>({
    name: 'pad',
    config: { ...options },
    draw: () => null,
    apply(_, { height, width }) {
      const mirrors = border === 'reflect' || border === 'symmetric';
      if (mirrors && (Math.max(left, right) > width - reach || Math.max(top, bottom) > height - reach))
        throw new DownhillError({
          code: 'invalid-argument',
          source: 'pad',
          problem: `\`padding\` must be less than the image that it mirrors, ${height} x ${width}, got [${[left, top, right, bottom]}]`,
        });
      return [cropped({ top: -top, left: -left, height: height + top + bottom, width: width + left + right }, { border, fill })];
    },
  });
}
