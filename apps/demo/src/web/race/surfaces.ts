/** What of the plane is shown. */
export interface Range {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

export type Point = readonly [x: number, y: number];

/** A loss of two weights that a race is run on. */
export interface Surface {
  readonly id: string;
  readonly title: string;
  readonly formula: string;
  readonly range: Range;
  readonly start: Point;
  /** A learning rate at which plain gradient descent, with momentum or without, stays on the surface. */
  readonly rate: number;
  /** Where the loss is lowest, as far as is known. */
  readonly minima: readonly Point[];
}

const range = (left: number, right: number, bottom: number, top: number): Range => ({ left, right, bottom, top });

/** Beale 1958; Rosenbrock 1960, equation 3; Himmelblau 1972, page 428. The others are our own. */
export const SURFACES: readonly Surface[] = [
  {
    id: 'bowl',
    title: 'Ill-conditioned bowl',
    formula: 'x^2 / 40 + y^2',
    range: range(-6, 6, -4, 4),
    start: [-5, 3],
    rate: 0.1,
    minima: [[0, 0]],
  },
  {
    id: 'ravine',
    title: 'Ravine',
    formula: '0.05 (x - 3)^2 + 2 (y - sin(x))^2',
    range: range(-5, 5, -3.3, 3.3),
    start: [-4, -1.5],
    rate: 0.05,
    minima: [[3, 0.14112]],
  },
  {
    id: 'saddle',
    title: 'Saddle',
    formula: 'x^2 / 2 - y^2 / 2 + y^4 / 12',
    range: range(-3.6, 3.6, -2.6, 2.6),
    start: [-2.5, 0.0002],
    rate: 0.1,
    minima: [
      [0, 1.73205],
      [0, -1.73205],
    ],
  },
  {
    id: 'bumps',
    title: 'Local minima',
    formula: '0.08 (x^2 + y^2) + 0.6 (2 - cos(2.5 x) - cos(2.5 y))',
    range: range(-5, 5, -3.6, 3.6),
    start: [-4.2, 2.9],
    rate: 0.05,
    minima: [[0, 0]],
  },
  {
    id: 'beale',
    title: 'Beale',
    formula: '(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2',
    range: range(-1, 4.5, -1.8, 2),
    start: [1, 1.4],
    rate: 0.005,
    minima: [[3, 0.5]],
  },
  {
    id: 'rosenbrock',
    title: 'Rosenbrock',
    formula: '(1 - x)^2 + 100 (y - x^2)^2',
    range: range(-2.1, 2.1, -0.8, 2.4),
    start: [-1.4, 2],
    rate: 0.0005,
    minima: [[1, 1]],
  },
  {
    id: 'himmelblau',
    title: 'Himmelblau',
    formula: '(x^2 + y - 11)^2 + (x + y^2 - 7)^2',
    range: range(-6, 6, -4.6, 4.6),
    start: [0.3, 4.2],
    rate: 0.005,
    minima: [
      [3, 2],
      [-2.80512, 3.13131],
      [-3.77931, -3.28319],
      [3.58443, -1.84813],
    ],
  },
];

/** The name under which the visitor's own formula goes. */
export const OWN = 'own';
