import { augmentation, type Augmentation } from '@downhill/core';
import { cropped, resized } from '../geometry/crop-geometry.ts';

interface Size {
  readonly height: number;
  readonly width: number;
}

/** The largest window in the middle of an image that has the shape of a size, brought to that size (bilinear): Keras's `smart_resize`. */
export const largestWindow = (to: Size): Augmentation<null> =>
  augmentation<null>({
    name: 'largestWindow',
    config: { ...to },
    draw: () => null,
    apply(_, { height, width }) {
      const window = {
        height: Math.max(1, Math.min(height, Math.floor((width * to.height) / to.width))),
        width: Math.max(1, Math.min(width, Math.floor((height * to.width) / to.height))),
      };
      const corner = { top: Math.floor((height - window.height) / 2), left: Math.floor((width - window.width) / 2) };
      return [cropped({ ...corner, ...window }, { border: 'constant', fill: undefined }), resized(window, to, 'bilinear')];
    },
  });
