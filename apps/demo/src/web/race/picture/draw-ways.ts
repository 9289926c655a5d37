import type { Arrow } from '../race-state.ts';
import type { Point } from '../surfaces.ts';
import { pairAt, stepsOf, type Trace } from '../trace.ts';
import { arrowTips } from './arrow-tips.ts';
import { drawArrow, drawMark } from './marks.ts';
import type { Palette } from './palette.ts';
import type { Place, Projection } from './projection.ts';

/** A racer as it is drawn. */
export interface Way {
  readonly trace: Trace;
  readonly colour: string;
  /** Its place in the list, which decides the shape of its mark. */
  readonly index: number;
}

export interface WaysPicture {
  readonly ways: readonly Way[];
  readonly minima: readonly Point[];
  /** How many steps are shown. */
  readonly step: number;
  readonly arrows: readonly Arrow[];
  readonly palette: Palette;
  readonly projection: Projection;
  heightAt(x: number, y: number): number;
}

const FAR = 1e4; // px: what runs off beyond that is drawn no further, for canvases lose their way among large numbers

/** Draws the ways of all racers up to a step, the minima, and arrows of what happens next. */
export function drawWays(context: CanvasRenderingContext2D, picture: WaysPicture): void {
  const { ways, minima, step, arrows, palette, projection, heightAt } = picture;
  const place = ([x, y]: Point): Place => projection.place(x, y, heightAt(x, y));
  context.lineJoin = 'round';
  context.lineCap = 'round';
  for (const minimum of minima) drawMinimum(context, place(minimum), palette);
  const first = ways[0]?.trace.points;
  if (first !== undefined && first.length > 1) drawStart(context, place(pairAt(first, 0)), palette);
  for (const way of ways) {
    context.beginPath();
    for (let i = 0; i <= Math.min(step, stepsOf(way.trace)); i += 1) {
      const next = place(pairAt(way.trace.points, i));
      if (!next.every((pixels) => Math.abs(pixels) < FAR)) break;
      context[i === 0 ? 'moveTo' : 'lineTo'](...next);
    }
    stroke(context, palette.paper, 4);
    stroke(context, way.colour, 2);
  }
  for (const { trace, colour, index } of ways) {
    const point = pairAt(trace.points, Math.min(step, stepsOf(trace)));
    if (!place(point).every((pixels) => Math.abs(pixels) < FAR)) continue;
    for (const tip of arrowTips(trace, step, arrows))
      drawArrow(context, { from: place(point), to: place(tip.point), kind: tip.kind, colour, palette });
    drawMark(context, { place: place(point), index, colour, palette });
  }
}

function stroke(context: CanvasRenderingContext2D, colour: string, width: number): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

function drawStart(context: CanvasRenderingContext2D, [left, top]: Place, { ink, paper }: Palette): void {
  context.beginPath();
  context.arc(left, top, 8, 0, 2 * Math.PI);
  stroke(context, paper, 4);
  stroke(context, ink, 1.5);
}

function drawMinimum(context: CanvasRenderingContext2D, [left, top]: Place, { ink, paper }: Palette): void {
  context.beginPath();
  for (const [across, down] of [
    [-5, -5],
    [-5, 5],
  ] as const) {
    context.moveTo(left + across, top + down);
    context.lineTo(left - across, top - down);
  }
  stroke(context, paper, 5);
  stroke(context, ink, 2);
}
