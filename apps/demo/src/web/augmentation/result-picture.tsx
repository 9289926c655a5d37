import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { PixelCanvas } from '../charts/pixel-canvas.tsx';
import type { Pixels } from '../charts/pixels.ts';
import type { Result } from '../work/result.ts';

export interface ResultPictureProps<Shown> {
  readonly result: ReadonlySignal<Result<Shown> | undefined>;
  pixelsOf(shown: Shown): Pixels;
  /** Left out where the words stand beside. */
  readonly label?: string;
}

/** A cell's picture, or why there is none; it keeps its place. */
export function ResultPicture<Shown>({ result, pixelsOf, label }: ResultPictureProps<Shown>): JSX.Element {
  const { value } = result;
  const pixels = value !== undefined && 'shown' in value ? pixelsOf(value.shown) : undefined;
  return (
    <span class="result">
      <PixelCanvas pixels={pixels} {...(label === undefined ? {} : { label })} />
      {value !== undefined && 'problem' in value && <span class="problem none">not possible</span>}
    </span>
  );
}
