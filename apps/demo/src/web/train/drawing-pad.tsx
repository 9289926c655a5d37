import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { asDigit } from './drawn-digit.ts';
import { afterKey, PAD, penOn, type Pen, type Place } from './pen.ts';

export interface DrawingPadProps {
  readonly disabled: boolean;
  /** Gets a picture after each stroke. */
  onDigit(picture: Uint8Array): void;
}

const MIDDLE: Place = [PAD / 2, PAD / 2];

/** A pad to draw a digit on, with a pointer or with the arrow keys. */
export function DrawingPad({ disabled, onDigit }: DrawingPadProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<Place>(MIDDLE);
  const place = useSignal<Place>(MIDDLE);
  const down = useSignal(false);
  const pen = (): Pen | undefined => (canvas.current === null ? undefined : penOn(canvas.current));
  const ask = (): void => {
    const digit = asDigit(pen()?.ink() ?? new Uint8Array(), PAD);
    if (digit !== undefined && !disabled) onDigit(digit);
  };
  const placeOf = ({ offsetX, offsetY }: PointerEvent): Place => {
    const scale = PAD / (canvas.current?.clientWidth ?? PAD);
    return [offsetX * scale, offsetY * scale];
  };
  const draw = (event: PointerEvent): void => {
    if (event.buttons === 0) return;
    const now = placeOf(event);
    pen()?.line(event.type === 'pointerdown' ? now : last.current, now);
    last.current = now;
  };
  const press = (event: KeyboardEvent): void => {
    const next = afterKey(event.key, place.value);
    if (next === undefined && event.key !== ' ') return;
    event.preventDefault(); // the page does not scroll
    if (next === undefined) {
      down.value = !down.value;
      if (down.value) pen()?.line(place.value, place.value);
      else ask();
      return;
    }
    if (down.value) pen()?.line(place.value, next);
    place.value = next;
  };
  const [x, y] = place.value;
  return (
    <div class="drawing">
      <div class="pad">
        <canvas
          ref={canvas}
          width={PAD}
          height={PAD}
          tabIndex={0}
          role="application"
          aria-label="Pad to draw a digit on"
          aria-describedby="pad-help"
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            draw(event);
          }}
          onPointerMove={draw}
          onPointerUp={ask}
          onKeyDown={press}
        />
        <span class={down.value ? 'pen down' : 'pen'} style={{ left: `${(100 * x) / PAD}%`, top: `${(100 * y) / PAD}%` }} />
      </div>
      <p class="quiet" id="pad-help">
        With a pointer, or with the keys: arrows move the pen, the space bar puts it down and lifts it.
      </p>
      <button type="button" onClick={() => pen()?.wipe()}>
        Wipe
      </button>
    </div>
  );
}
