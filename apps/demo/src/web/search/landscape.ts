import { settingAt } from '@downhill/tuning';
import type { Field } from '../race/picture/field.ts';
import type { Problem } from './problem.ts';
import type { ObjectiveName } from './search-state.ts';

/** The points at which the loss is looked at for the picture. */
export interface Mesh {
  readonly columns: number;
  readonly rows: number;
}

/** A function is cheap; each point of the training is a training. */
export const MESHES: Readonly<Record<ObjectiveName, Mesh>> = { function: { columns: 61, rows: 21 }, training: { columns: 17, rows: 9 } };

/** The settings at each point, from the bottom row up. */
export function meshPoints({ across, up }: Problem, { columns, rows }: Mesh): readonly (readonly [x: number, y: number])[] {
  return Array.from({ length: columns * rows }, (_, i) => [
    Number(settingAt(across.parameter, (i % columns) / (columns - 1))),
    Number(settingAt(up.parameter, Math.floor(i / columns) / (rows - 1))),
  ]);
}

/** The picture of a loss that is known at all points. */
export const fieldFrom = ({ heightOf }: Problem, { columns, rows }: Mesh, losses: readonly number[]): Field => ({
  columns,
  rows,
  heights: Float64Array.from(losses, heightOf),
  heightOf,
});

/** What the loss comes to for each value of one number where the other one is at its best, as heights. */
export function profilesOf({ columns, rows, heights }: Field): { readonly across: readonly number[]; readonly up: readonly number[] } {
  const at = (column: number, row: number): number => heights[row * columns + column] ?? 1;
  const range = (length: number): number[] => Array.from({ length }, (_, i) => i);
  return {
    across: range(columns).map((column) => Math.min(...range(rows).map((row) => at(column, row)))),
    up: range(rows).map((row) => Math.min(...range(columns).map((column) => at(column, row)))),
  };
}
