import { float } from '@downhill/tuning';
import type { Problem } from '../problem.ts';
import { numberOf } from './vector.ts';

/** Three minima of 0.397887. Dixon & Szegö 1978. */
export const branin: Problem = {
  name: 'branin',
  title: 'Branin, two dimensions',
  parameters: { x1: float(-5, 10), x2: float(0, 15) },
  at(settings) {
    const [x, y] = [numberOf(settings, 'x1'), numberOf(settings, 'x2')];
    const bend = y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6;
    return bend * bend + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
  },
};
