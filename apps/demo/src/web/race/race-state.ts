import { OWN, SURFACES, type Point, type Range, type Surface } from './surfaces.ts';
import { OWN_RATE, type Racer } from './rules.ts';

/** What of a step is drawn as an arrow. */
export const ARROWS = ['gradient', 'velocity', 'step'] as const;
export type Arrow = (typeof ARROWS)[number];

export const PICTURES = ['contour', 'relief'] as const;
export type Picture = (typeof PICTURES)[number];

/** All that a race is; what the address of the page holds. */
export interface RaceState {
  /** One of {@link SURFACES}, or {@link OWN}. */
  readonly surface: string;
  /** The visitor's own formula, kept while another surface is shown. */
  readonly formula: string;
  readonly range: Range;
  readonly start: Point;
  readonly steps: number;
  /** The standard deviation of what is added to each gradient. */
  readonly noise: number;
  readonly seed: number;
  readonly schedule: string;
  readonly racers: readonly Racer[];
  readonly picture: Picture;
  readonly arrows: readonly Arrow[];
  /** The step that is looked at; `undefined` is the last one. */
  readonly at: number | undefined;
}

export const MOST_RACERS = 8;
export const MOST_STEPS = 2000;

const OWN_FORMULA = 'x^2 + y^2 + sin(3x) cos(2y)';

/** A surface by its name; the visitor's own one has the range and start of the state. */
export function surfaceOf({ surface, formula, range, start }: Pick<RaceState, 'surface' | 'formula' | 'range' | 'start'>): Surface {
  const found = SURFACES.find(({ id }) => id === surface);
  return found ?? { id: OWN, title: 'Your own formula', formula, range, start, rate: OWN_RATE, minima: [] };
}

/** The range and start that a surface comes with. */
export function placesOf(surface: string): Pick<RaceState, 'range' | 'start'> {
  const found = SURFACES.find(({ id }) => id === surface);
  return { range: found?.range ?? { left: -3, right: 3, bottom: -2.2, top: 2.2 }, start: found?.start ?? [-2.5, 1.8] };
}

/** The race of a first visit: slide 11's. */
export const DEFAULT_RACE: RaceState = {
  surface: 'ravine',
  formula: OWN_FORMULA,
  ...placesOf('ravine'),
  steps: 150,
  noise: 0,
  seed: 1,
  schedule: 'constant',
  racers: [
    { rule: 'sgd', numbers: {} },
    { rule: 'sgd', numbers: { momentum: 0.9 } },
    { rule: 'adagrad', numbers: {} },
    { rule: 'rmsprop', numbers: {} },
    { rule: 'adam', numbers: {} },
  ],
  picture: 'contour',
  arrows: [],
  at: undefined,
};
