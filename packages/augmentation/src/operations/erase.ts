import { augmentation, checkNumber, DownhillError, type Augmentation } from '@downhill/core';
import type { Box } from '../geometry/crop-geometry.ts';
import { checkNumbers } from './check-draw.ts';
import { checkOptions } from './check-options.ts';

/** Options of {@link erase}. */
export interface EraseOptions extends Box {
  /** What takes the place: a number, one for each channel, or a patch of height x width x channels numbers. @defaultValue 0 */
  value?: number | readonly number[];
}

/**
 * Blanks a given box: torchvision's `erase`.
 *
 * @example
 * const corner = erase({ top: 0, left: 0, height: 4, width: 4 });
 * corner.name; // 'erase'
 *
 * @throws DownhillError `invalid-argument` for a box that is none; when it is applied, for values that are neither one, nor one a channel,
 * nor a patch.
 */
export function erase(options: EraseOptions): Augmentation<null> {
  checkOptions('erase', options, ['top', 'left', 'height', 'width', 'value']);
  const { top, left, height, width, value = 0 } = options;
  checkNumber('erase', { top, left }, { min: 0, integer: true });
  checkNumber('erase', { height, width }, { min: 1, integer: true });
  const values = Array.isArray(value) ? (value as readonly number[]) : [value as number];
  checkNumbers('erase', 'value', values, values.length);
  return augmentation<null>({
    name: 'erase',
    config: { ...options },
    draw: () => null,
    apply(_, image) {
      const { channels } = image;
      checkNumber('erase', { top }, { below: image.height }, 'The box must lie in the image.');
      checkNumber('erase', { left }, { below: image.width }, 'The box must lie in the image.');
      const box = { kind: 'erase', top, left, height, width } as const;
      if (values.length === 1 || values.length === channels) return [{ ...box, value: values }];
      if (values.length === height * width * channels) return [{ ...box, value: Float32Array.from(values) }];
      throw new DownhillError({
        code: 'shape-mismatch',
        source: 'erase',
        problem: `\`value\` must be a number, one for each of ${channels} channels, or ${height} x ${width} x ${channels}, got ${values.length}`,
      });
    },
  });
}
