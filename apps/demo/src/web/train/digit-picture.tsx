import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { SIDE } from '../../recipe/mnist.ts';

/** A picture of 28 x 28 from 0 (black) to 255, one pixel each; black where there is none. */
export function DigitPicture({ pixels }: { readonly pixels: Uint8Array | undefined }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    const image = context?.createImageData(SIDE, SIDE);
    if (context === undefined || context === null || image === undefined) return;
    for (let i = 0; i < SIDE * SIDE; i += 1) {
      const value = pixels?.[i] ?? 0;
      image.data.set([value, value, value, 255], 4 * i);
    }
    context.putImageData(image, 0, 0);
  }, [pixels]);
  return <canvas class="digit" ref={canvas} width={SIDE} height={SIDE} aria-hidden="true" />;
}
