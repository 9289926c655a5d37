import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Pixels } from './pixels.ts';

export interface PixelCanvasProps {
  /** `undefined`: an empty canvas, which keeps the place. */
  readonly pixels: Pixels | undefined;
  /** What it shows, in words; left out where the words stand beside. */
  readonly label?: string;
  /** Whether each pixel is shown as a square. @defaultValue false */
  readonly coarse?: boolean;
}

/** A picture that was computed. */
export function PixelCanvas({ pixels, label, coarse = false }: PixelCanvasProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    // pixels come from here, not from the graphics card: a canvas there would have to fetch each
    if (pixels !== undefined)
      canvas.current?.getContext('2d', { willReadFrequently: true })?.putImageData(new ImageData(pixels.data, pixels.width), 0, 0);
  }, [pixels]);
  return (
    <canvas
      ref={canvas}
      class={coarse ? 'pixels coarse' : 'pixels'}
      width={pixels?.width ?? 1}
      height={pixels?.height ?? 1}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}
