import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { HALF_SIDE } from './digit-size.ts';

/** A digit as it was written: light on dark, as in MNIST. */
export function DigitImage({ pixels }: { readonly pixels: readonly number[] }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return;
    const image = context.createImageData(HALF_SIDE, HALF_SIDE);
    for (const [i, value] of pixels.entries()) image.data.set([value, value, value, 255], 4 * i);
    context.putImageData(image, 0, 0);
  }, [pixels]);
  return <canvas ref={canvas} width={HALF_SIDE} height={HALF_SIDE} aria-hidden="true" />;
}
