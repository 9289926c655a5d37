import { DownhillError } from '@downhill/core';
import type { CurveValue } from '../../curves.ts';

/** A line of a chart. Values that are null, NaN or infinite leave a gap. */
export interface ChartSeries {
  readonly name: string;
  readonly y: readonly CurveValue[];
  /** As many as there are values. @defaultValue 1, 2, 3 and so on */
  readonly x?: readonly number[];
  /** For what is to stand back behind another line. @defaultValue false */
  readonly dashed?: boolean;
  /** For what is to lie pale behind all other lines. @defaultValue false */
  readonly faint?: boolean;
}

/** A point of a line; `y` is NaN where the line has a gap. @internal */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The points of a line. @throws DownhillError `shape-mismatch` */
export function pointsOf(source: string, { name, x, y }: ChartSeries, logY: boolean): Point[] {
  if (x !== undefined && x.length !== y.length)
    throw new DownhillError({
      code: 'shape-mismatch',
      source,
      problem: `series "${name}" must have as many x as y, got ${x.length} and ${y.length}`,
      advice: 'Leave `x` out for 1, 2, 3 and so on.',
    });
  return y.map((value, i) => ({
    x: x?.[i] ?? i + 1,
    y: value !== null && Number.isFinite(value) && (!logY || value > 0) ? value : Number.NaN,
  }));
}

/** Stretches of a line between its gaps. */
export function stretchesOf(points: readonly Point[]): Point[][] {
  const stretches: Point[][] = [[]];
  for (const point of points) {
    if (Number.isNaN(point.y)) stretches.push([]);
    else stretches.at(-1)?.push(point);
  }
  return stretches.filter(({ length }) => length > 0);
}
