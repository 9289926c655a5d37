import { readFileSync } from 'node:fs';
import { float } from '@downhill/tuning';
import { surfaceFile } from '../mnist/surface-file.ts';
import { errorAt, type Surface } from '../mnist/surface.ts';
import type { Problem } from '../problem.ts';
import { numberOf } from './vector.ts';

const surface = JSON.parse(readFileSync(surfaceFile, 'utf8')) as Surface;

/** The error of a small network on MNIST, between the places of a grid at which it was measured. */
export const mnist: Problem = {
  name: 'mnist',
  title: 'A network on MNIST: learning rate, weight decay, dropout',
  parameters: Object.fromEntries(surface.axes.map(({ name, low, high, log }) => [name, float(low, high, { log })])),
  at: (settings) =>
    errorAt(
      surface,
      surface.axes.map(({ name }) => numberOf(settings, name)),
    ),
  data: surface,
};
