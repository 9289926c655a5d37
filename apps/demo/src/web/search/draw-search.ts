import { drawContour } from '../race/picture/draw-contour.ts';
import type { Field } from '../race/picture/field.ts';
import { drawMark } from '../race/picture/marks.ts';
import type { Palette } from '../race/picture/palette.ts';
import type { Place, Size } from '../race/picture/projection.ts';
import { numberText } from '@downhill/core/page';
import { profilesOf } from './landscape.ts';
import { placeOn, type Axis, type Problem } from './problem.ts';
import type { SearchTrial } from './run-search.ts';

const LABELS = 20; // px for the words along an axis
const GAP = 6;
const STRIP = 0.2; // of the picture: the loss over one number alone
const EDGE = 4; // px between a strip's border and the lowest and the highest loss
const TICK = 5;
const DOT = 2.5;

/** Where things stand on the canvas: the square of the two numbers, and beside it the loss over each of them. */
interface Layout {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** The strips' outer ends. */
  readonly ceiling: number;
  readonly wall: number;
}

function layoutOf({ width, height }: Size): Layout {
  const strip = STRIP * width;
  return {
    left: LABELS,
    top: strip + GAP,
    right: width - strip - GAP,
    bottom: height - LABELS,
    ceiling: 1,
    wall: width - 1,
  };
}

const across = ({ left, right }: Layout, share: number): number => left + share * (right - left);
const up = ({ top, bottom }: Layout, share: number): number => bottom - share * (bottom - top);
/** A height in the strip above the square: low losses are near to it. */
const above = ({ top, ceiling }: Layout, height: number): number => top - GAP - EDGE - height * (top - GAP - ceiling - 2 * EDGE);
/** And in the strip to its right. */
const beside = ({ right, wall }: Layout, height: number): number => right + GAP + EDGE + height * (wall - right - GAP - 2 * EDGE);

/** Draws what stays: the loss as contour, its profile over each number, and the axes' words. */
export function drawGround(
  context: CanvasRenderingContext2D,
  size: Size,
  problem: Problem,
  field: Field | undefined,
  palette: Palette,
): void {
  const layout = layoutOf(size);
  const { left, top, right, bottom, ceiling, wall } = layout;
  if (field !== undefined) {
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    context.translate(left, top);
    drawContour(context, field, palette, { width: right - left, height: bottom - top });
    context.restore();
    const profiles = profilesOf(field);
    const last = (values: readonly number[]): number => values.length - 1;
    drawCurve(
      context,
      palette,
      profiles.across.map((height, i): Place => [across(layout, i / last(profiles.across)), above(layout, height)]),
    );
    drawCurve(
      context,
      palette,
      profiles.up.map((height, i): Place => [beside(layout, height), up(layout, i / last(profiles.up))]),
    );
  }
  context.strokeStyle = palette.rule;
  context.lineWidth = 1;
  context.strokeRect(left, top, right - left, bottom - top);
  context.strokeRect(left, ceiling, right - left, top - GAP - ceiling);
  context.strokeRect(right + GAP, top, wall - right - GAP, bottom - top);
  context.fillStyle = palette.quiet;
  context.font = '12px system-ui';
  drawWords(context, problem.across, right - left, [left, bottom + 15]);
  context.save();
  context.rotate(-Math.PI / 2);
  drawWords(context, problem.up, bottom - top, [-bottom, left - 7]);
  context.restore();
}

function drawCurve(context: CanvasRenderingContext2D, { quiet }: Palette, places: readonly Place[]): void {
  context.beginPath();
  for (const [i, place] of places.entries()) context[i === 0 ? 'moveTo' : 'lineTo'](...place);
  context.strokeStyle = quiet;
  context.lineWidth = 1.5;
  context.stroke();
}

/** An axis' lowest value, its name, its highest value. */
function drawWords(context: CanvasRenderingContext2D, { label, parameter }: Axis, length: number, [from, base]: Place): void {
  context.textAlign = 'left';
  context.fillText(numberText(parameter.low, 2), from, base);
  context.textAlign = 'center';
  context.fillText(label, from + length / 2, base);
  context.textAlign = 'right';
  context.fillText(numberText(parameter.high, 2), from + length, base);
}

export interface DrawnTrials {
  readonly trials: readonly SearchTrial[];
  /** How many of them are shown. */
  readonly shown: number;
  /** The place of the best one. */
  readonly best: number | undefined;
  /** Which way it is: its colour and the shape of its marks. */
  readonly index: number;
  readonly colour: string;
}

/** Draws trials on the square, and their projections: ticks on the border, and their losses over each number alone. */
export function drawTrials(context: CanvasRenderingContext2D, size: Size, problem: Problem, drawn: DrawnTrials, palette: Palette): void {
  const layout = layoutOf(size);
  const { left, top, right, bottom } = layout;
  const { trials, shown, best, index, colour } = drawn;
  const places = trials.slice(0, shown).map(({ x, y, loss }) => {
    const [shareX, shareY, height] = [placeOn(problem.across, x), placeOn(problem.up, y), problem.heightOf(loss ?? Infinity)];
    return { at: [across(layout, shareX), up(layout, shareY)] as Place, above: above(layout, height), beside: beside(layout, height) };
  });
  context.save();
  context.beginPath();
  context.rect(0, 0, size.width, size.height);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const { at } of places) {
    context.moveTo(at[0], top - GAP);
    context.lineTo(at[0], top - GAP - TICK);
    context.moveTo(right + GAP, at[1]);
    context.lineTo(right + GAP + TICK, at[1]);
  }
  context.stroke();
  for (const place of places) {
    drawDot(context, [place.at[0], place.above], colour, palette);
    drawDot(context, [place.beside, place.at[1]], colour, palette);
  }
  const latest = places.at(-1);
  if (latest !== undefined && shown < trials.length) {
    context.setLineDash([3, 3]);
    context.strokeStyle = palette.ink;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(left, latest.at[1]);
    context.lineTo(latest.beside, latest.at[1]);
    context.moveTo(latest.at[0], bottom);
    context.lineTo(latest.at[0], latest.above);
    context.stroke();
    context.setLineDash([]);
  }
  for (const { at } of places) drawMark(context, { place: at, index, colour, palette });
  const place = best === undefined ? undefined : places[best];
  if (place !== undefined) {
    context.beginPath();
    context.arc(...place.at, 11, 0, 2 * Math.PI);
    context.strokeStyle = palette.ink;
    context.lineWidth = 2;
    context.stroke();
  }
  context.restore();
}

function drawDot(context: CanvasRenderingContext2D, [left, top]: Place, colour: string, { paper }: Palette): void {
  context.beginPath();
  context.arc(left, top, DOT, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
  context.strokeStyle = paper;
  context.lineWidth = 0.75;
  context.stroke();
}
