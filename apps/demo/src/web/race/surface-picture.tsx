import { useComputed, useSignal, useSignalEffect, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { colourOf } from '@downhill/core/page';
import { freshContext } from '../charts/canvas-context.ts';
import { useSize } from '../charts/use-size.ts';
import { numberLoss } from '../formula/number-loss.ts';
import { dark } from '../shell/theme.ts';
import { drawContour } from './picture/draw-contour.ts';
import { drawRelief } from './picture/draw-relief.ts';
import { drawWays } from './picture/draw-ways.ts';
import { fieldOf } from './picture/field.ts';
import { paletteNow } from './picture/palette.ts';
import { asRelief, fromAbove, pointAt, USUAL_EYE, type Eye, type Place } from './picture/projection.ts';
import type { RaceModel } from './race-model.ts';
import { surfaceOf, type RaceState } from './race-state.ts';
import type { Point } from './surfaces.ts';

const GRID = 101; // points across the contour picture
const COARSE = 57; // and across the relief, whose faces are drawn one by one
const NUDGE = 1 / 40; // of the picture's width: what an arrow key moves the start

export interface SurfacePictureProps {
  readonly state: Signal<RaceState>;
  readonly model: RaceModel;
}

/** The loss as contour or relief, with the racers' ways on it. A click puts the start; in the relief, a drag turns it. */
export function SurfacePicture({ state, model }: SurfacePictureProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const ground = useRef<HTMLCanvasElement>(null);
  const top = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);
  const eye = useSignal<Eye>(USUAL_EYE);
  const picture = useComputed(() => state.value.picture);
  const loss = useComputed(() => ('formula' in model.reading.value ? numberLoss(model.reading.value.formula) : undefined));
  const place = useComputed(() => JSON.stringify(state.value.range)); // the same range again is no change
  const range = useComputed(() => JSON.parse(place.value) as RaceState['range']);
  const field = useComputed(() => {
    const columns = picture.value === 'relief' ? COARSE : GRID;
    const rows = Math.max(9, Math.min(2 * columns, Math.round(columns * ratioOf(range.value))));
    return fieldOf(loss.value ?? (() => 0), { range: range.value, columns, rows }, picture.value);
  });
  const projection = useComputed(() =>
    picture.value === 'relief' ? asRelief(range.value, size.value, eye.value) : fromAbove(range.value, size.value),
  );

  useSignalEffect(() => {
    const { width, height } = size.value;
    const context = freshContext(ground.current, width, height);
    const palette = paletteNow(dark.value);
    if (context === undefined || loss.value === undefined) return;
    if (picture.value === 'relief')
      drawRelief(context, field.value, palette, { range: range.value, eye: eye.value, projection: projection.value });
    else drawContour(context, field.value, palette, size.value);
  });
  useSignalEffect(() => {
    const { width, height } = size.value;
    const context = freshContext(top.current, width, height);
    const lossAt = loss.value;
    if (context === undefined || lossAt === undefined) return;
    drawWays(context, {
      ways: model.entries.value.flatMap(({ trace, index }) => (trace === undefined ? [] : [{ trace, index, colour: colourOf(index) }])),
      minima: surfaceOf(state.value).minima,
      step: Math.floor(model.playhead.value),
      arrows: state.value.arrows,
      palette: paletteNow(dark.value),
      projection: projection.value,
      heightAt: (x, y) => field.value.heightOf(lossAt(x, y)),
    });
  });

  const startAt = ([x, y]: Point): void => {
    state.value = { ...state.value, start: [tidy(x, range.value.right - range.value.left), tidy(y, range.value.top - range.value.bottom)] };
  };
  const turn = (around: number, above: number): void => {
    eye.value = { around: eye.value.around + around, above: Math.min(1.45, Math.max(0.15, eye.value.above + above)) };
  };
  const onKey = (event: KeyboardEvent): void => {
    const [across, up] = ARROW_KEYS[event.key] ?? [0, 0];
    if (across === 0 && up === 0) return;
    event.preventDefault();
    const { left, right } = range.value;
    const nudge = NUDGE * (right - left);
    if (picture.value === 'relief') turn(across * 0.1, up * 0.1);
    else startAt([state.value.start[0] + across * nudge, state.value.start[1] + up * nudge]);
  };
  const at = (event: MouseEvent): Place => {
    const bounds = box.current?.getBoundingClientRect();
    return [event.clientX - (bounds?.left ?? 0), event.clientY - (bounds?.top ?? 0)];
  };
  return (
    <div
      class={`surface ${picture.value}`}
      ref={box}
      tabIndex={0}
      role="application"
      aria-label={`${surfaceOf(state.value).title} as ${picture.value}. Arrow keys ${picture.value === 'relief' ? 'turn it' : 'move the start'}.`}
      onKeyDown={onKey}
      onClick={(event) => {
        if (picture.value === 'contour') startAt(pointAt(range.value, size.value, at(event)));
      }}
      onPointerDown={(event) => {
        if (picture.value === 'relief') event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (picture.value === 'relief' && event.currentTarget.hasPointerCapture(event.pointerId))
          turn(-event.movementX / 150, event.movementY / 150);
      }}
    >
      <canvas ref={ground} />
      <canvas ref={top} />
    </div>
  );
}

const ARROW_KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

const ratioOf = ({ left, right, bottom, top }: RaceState['range']): number => (top - bottom) / (right - left);

/** A coordinate with no more digits than a pixel tells. */
function tidy(value: number, span: number): number {
  const unit = 10 ** Math.floor(Math.log10(span / 500));
  return Number((Math.round(value / unit) * unit).toPrecision(6));
}
