import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { SIDE } from '../../recipe/mnist.ts';
import { PixelCanvas } from './pixel-canvas.tsx';
import { greyPixels } from './pixels.ts';

export interface DigitPictureProps {
  /** From 0 (black) to 255, one value a pixel; `undefined`: black. */
  readonly pixels: ArrayLike<number> | undefined;
  /** Pixels along a side. @defaultValue 28 */
  readonly side?: number;
}

/** A digit as it was written: light on dark, as in MNIST. Words stand beside. */
export function DigitPicture({ pixels, side = SIDE }: DigitPictureProps): JSX.Element {
  const picture = useMemo(() => greyPixels(pixels ?? [], side, side), [pixels, side]);
  return <PixelCanvas pixels={picture} coarse />;
}
