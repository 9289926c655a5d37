import type { Transform, TransformPart } from '@downhill/core';

/** The steps that a part has acted at before this one. */
export const stepOf = ({ every = 1 }: TransformPart, step: number): number => Math.floor(step / every);

/** Whether a part acts at a step. */
export const actsAt = ({ every = 1 }: TransformPart, step: number): boolean => (step + 1) % every === 0;

/** Tells apart the steps at which other parts act: each is compiled once. */
export const phaseOf = ({ parts }: Transform, step: number): string =>
  parts.every(({ every = 1 }) => every === 1) ? '' : parts.map((part) => Number(actsAt(part, step))).join('');
