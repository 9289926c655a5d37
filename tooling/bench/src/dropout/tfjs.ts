import '@tensorflow/tfjs-layers'; // registers tfjs's own gradients
import { dropout, grad, tensor4d, util, type Tensor } from '@tensorflow/tfjs-core';
import { tfjsNotes, useBackend } from '../backend.ts';
import type { Contender } from '../measure/contender.ts';
import { noise } from '../noise.ts';
import { RATE, SHAPE } from './settings.ts';

/** tfjs's own. Without a seed it draws a new mask each time; with one, always the same. */
export const tfjsDropout = (): Promise<Contender> => stepOf((x) => dropout(x, RATE));

/** Forward and backward of a function that keeps the shape. */
export async function stepOf(f: (x: Tensor) => Tensor): Promise<Contender> {
  await useBackend('wasm');
  const size = util.sizeFromShape(SHAPE);
  const [x, dy] = [tensor4d(noise(size, 1), SHAPE), tensor4d(noise(size, 0.01), SHAPE)];
  const gradient = grad(f);
  return { step: () => gradient(x, dy).dispose(), notes: tfjsNotes };
}
