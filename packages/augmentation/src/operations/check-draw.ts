import { checkNumber, DownhillError, show, type Json, type NumberRule } from '@downhill/core';
import type { Box } from '../geometry/crop-geometry.ts';

const ADVICE = 'Replay draws that the same operations made: pipeline.draw(batch).';

/** What {@link checkDraw} refuses. */
export const unfitDraw = (source: string, wanted: string, got: unknown): DownhillError =>
  new DownhillError({ code: 'invalid-argument', source, problem: `a draw must be ${wanted}, got ${show(got)}`, advice: ADVICE });

/** @throws DownhillError `invalid-argument` for a draw that is no object whose numbers obey the rules. */
export function checkDraw(source: string, draw: Json | undefined, rules: Readonly<Record<string, NumberRule>>): void {
  const wanted = `{ ${Object.keys(rules).join(', ')} }`;
  if (typeof draw !== 'object' || draw === null || Array.isArray(draw)) throw unfitDraw(source, wanted, draw);
  const numbers = draw as Readonly<Record<string, Json | undefined>>;
  for (const [name, rule] of Object.entries(rules)) checkNumber(source, { [`draw.${name}`]: numbers[name] }, rule, ADVICE);
}

/** @throws DownhillError `invalid-argument` for a draw that is neither true nor false. */
export function checkSwitch(source: string, draw: Json): void {
  if (typeof draw !== 'boolean') throw unfitDraw(source, 'true or false', draw);
}

/** @throws DownhillError `invalid-argument` for what is no list of so many finite numbers. */
export function checkNumbers(source: string, name: string, values: Json | undefined, count: number): void {
  if (Array.isArray(values) && values.length === count && values.every(Number.isFinite)) return;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`${name}\` must be a list of ${count} finite numbers, got ${show(values)}`,
  });
}

/** @throws DownhillError `invalid-argument` for a draw that is no box of whole pixels in the image. */
export function checkBox(source: string, draw: Json, { height, width }: { readonly height: number; readonly width: number }): void {
  const side = { min: 1, integer: true };
  checkDraw(source, draw, { top: { min: 0, integer: true }, left: { min: 0, integer: true }, height: side, width: side });
  const box = draw as unknown as Box;
  checkDraw(source, draw, { top: { max: height - box.height }, left: { max: width - box.width } });
}
