import { checkNumber, checkOneOf, type Json, type NumberRule } from '@downhill/core';
import { checkDraw, unfitDraw } from '../operations/check-draw.ts';
import type { PolicyDraw } from './policy-operation.ts';
import { OPERATION_NAMES, type OperationName } from './space.ts';

/** Of a factor of 1 + magnitude. */
const FACTOR = { min: -1 };

/** What magnitudes must be, besides finite. */
const RULES: Readonly<Partial<Record<OperationName, NumberRule>>> = {
  Brightness: FACTOR,
  Color: FACTOR,
  Contrast: FACTOR,
  Sharpness: FACTOR,
  Posterize: { min: 0, max: 8 },
  Solarize: { min: 0, max: 256 },
};

/** @throws DownhillError `invalid-argument` for what is no step of a policy. */
export function checkPolicyDraw(source: string, draw: Json): void {
  checkDraw(source, draw, { magnitude: {} });
  const { operation, magnitude } = draw as PolicyDraw;
  checkOneOf(source, 'draw.operation', operation, OPERATION_NAMES);
  checkNumber(source, { 'draw.magnitude': magnitude }, RULES[operation]);
}

/** @throws DownhillError `invalid-argument` for what is no list of steps of a policy. */
export function checkPolicyDraws(source: string, draws: Json | undefined): void {
  if (!Array.isArray(draws)) throw unfitDraw(source, 'a list of { operation, magnitude }', draws);
  for (const draw of draws as readonly Json[]) checkPolicyDraw(source, draw);
}
