import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { freshContext } from '../charts/canvas-context.ts';
import { dark } from '../shell/theme.ts';
import { drawMark } from './picture/marks.ts';
import { paletteNow } from './picture/palette.ts';

const SIZE = 18;

/** The sign under which a racer goes in picture, list and table. */
export function RacerMark({ index, colour }: { readonly index: number; readonly colour: string }): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useSignalEffect(() => {
    const context = freshContext(canvas.current, SIZE, SIZE);
    if (context !== undefined) drawMark(context, { place: [SIZE / 2, SIZE / 2], index, colour, palette: paletteNow(dark.value) });
  });
  return <canvas class="mark" ref={canvas} aria-hidden="true" />;
}
