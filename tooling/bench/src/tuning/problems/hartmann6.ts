import type { Problem } from '../problem.ts';
import { numbers, sum, vector } from './vector.ts';

const HEIGHTS = [1, 1.2, 3, 3.2];
const SHARPNESS = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const CENTRES = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];

/** Four wells, the deepest of −3.32237. Dixon & Szegö 1978. */
export const hartmann6: Problem = {
  name: 'hartmann6',
  title: 'Hartmann, six dimensions',
  parameters: vector(6, 0, 1),
  at(settings) {
    const x = numbers(settings);
    const distance = (well: number): number =>
      sum(x.map((value, i) => (SHARPNESS[well]?.[i] ?? 0) * (value - (CENTRES[well]?.[i] ?? 0)) ** 2));
    return -sum(HEIGHTS.map((height, well) => height * Math.exp(-distance(well))));
  },
};
