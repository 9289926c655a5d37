import { DownhillError, show } from '@downhill/core';
import { Tensor } from '@tensorflow/tfjs-core';
import type { View } from './crops.ts';

/** @throws DownhillError `invalid-argument` for what is no list of views. */
export function checkViews(source: string, views: readonly View[]): void {
  if (Array.isArray(views) && views.length > 0 && views.every(Array.isArray)) return;
  const got = Array.isArray(views) ? (views.length === 0 ? 'none' : 'what is no list of operations') : show(views);
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`views\` must hold at least one view, each a list of operations, got ${got}`,
    advice: 'Pass tenCrop(size), [[flip({ probability: 1 })]], or [[]] for the images as they are.',
  });
}

/** @throws DownhillError `shape-mismatch` for a prediction of another shape; a side of undefined may be any. */
export function checkPrediction(source: string, predicted: unknown, wanted: readonly (number | undefined)[]): asserts predicted is Tensor {
  const { shape = undefined, dtype = undefined } = predicted instanceof Tensor ? predicted : {};
  const isWanted = shape?.length === wanted.length && wanted.every((side, i) => side === undefined || shape[i] === side);
  if (isWanted && dtype === 'float32') return;
  throw new DownhillError({
    code: 'shape-mismatch',
    source,
    problem: `\`predict\` must return one tensor [${wanted.map((side) => side ?? 'any').join(', ')}] of float32, got ${shape === undefined ? 'no tensor' : `${show(shape)} of ${dtype}`}`,
    advice: 'Give probabilities, of one output of the model.',
  });
}
