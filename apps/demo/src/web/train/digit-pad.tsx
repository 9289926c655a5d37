import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { asDigit } from './drawn-digit.ts';
import type { DigitAnswer } from './train-protocol.ts';

const SIDE = 140;
const PEN = 12;

export interface DigitPadProps {
  readonly answers: readonly DigitAnswer[];
  onDigit(picture: Uint8Array): void;
}

/** A pad to draw a digit on, and what each of the models takes it for. */
export function DigitPad({ answers, onDigit }: DigitPadProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const context = (): CanvasRenderingContext2D | null | undefined => canvas.current?.getContext('2d', { willReadFrequently: true });
  const draw = (event: PointerEvent): void => {
    const pen = context();
    if (pen === null || pen === undefined || event.buttons === 0) return;
    const { offsetX, offsetY, movementX, movementY } = event;
    const scale = SIDE / (canvas.current?.clientWidth ?? SIDE);
    const fresh = event.type === 'pointerdown';
    Object.assign(pen, { strokeStyle: '#fff', lineWidth: PEN, lineCap: 'round' });
    pen.beginPath();
    pen.moveTo((offsetX - (fresh ? 0 : movementX)) * scale, (offsetY - (fresh ? 0 : movementY)) * scale);
    pen.lineTo(offsetX * scale, offsetY * scale);
    pen.stroke();
  };
  const ask = (): void => {
    const pixels = context()?.getImageData(0, 0, SIDE, SIDE).data;
    const digit = pixels && asDigit(Uint8Array.from({ length: SIDE * SIDE }, (_, i) => pixels[4 * i + 3] ?? 0), SIDE);
    if (digit !== undefined) onDigit(digit);
  };
  return (
    <>
      <h3>Draw a digit</h3>
      <canvas
        class="pad"
        ref={canvas}
        width={SIDE}
        height={SIDE}
        role="img"
        aria-label="A pad to draw a digit on with a pointer"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          draw(event);
        }}
        onPointerMove={draw}
        onPointerUp={ask}
      />
      <div class="steering">
        <button type="button" onClick={() => context()?.clearRect(0, 0, SIDE, SIDE)}>
          Wipe
        </button>
      </div>
      <ul class="told" aria-live="polite">
        {answers.map(({ name, probabilities }) => {
          const best = probabilities.indexOf(Math.max(...probabilities));
          return (
            <li key={name}>
              {name}: <strong>{best}</strong> ({Math.round(100 * (probabilities[best] ?? 0))} %)
            </li>
          );
        })}
      </ul>
    </>
  );
}
