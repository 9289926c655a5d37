import type { Space } from '@downhill/core';
import { log } from '@downhill/core/math';
import { float, space, unitOf, type FloatParameter } from '@downhill/tuning';
import type { SearchState } from './search-state.ts';

/** A number that is searched, as it is drawn. */
export interface Axis {
  readonly label: string;
  readonly parameter: FloatParameter;
}

/** What is searched, but for the loss itself. */
export interface Problem {
  /** The number that matters. */
  readonly across: Axis;
  /** The number that hardly does. */
  readonly up: Axis;
  /** A loss as a height of the picture, from 0 to 1. */
  heightOf(loss: number): number;
}

type Question = Pick<SearchState, 'objective' | 'weight'>;

const share = (value: number): number => Math.min(1, Math.max(0, value));

const TRAINED = { least: 0.38, most: 1.5 }; // the losses that the small run ends with, but for those that run away

/** What the picture shows. A training's numbers are drawn over their logarithms, whichever way they are searched. */
export function problemOf({ objective, weight }: Question): Problem {
  if (objective === 'function')
    return {
      across: { label: 'x', parameter: float(0, 1) },
      up: { label: 'y', parameter: float(0, 1) },
      heightOf: (loss) => share(loss / (1 + weight)),
    };
  return {
    across: { label: 'learning rate', parameter: float(1e-4, 1, { log: true }) },
    up: { label: 'weight decay', parameter: float(1e-6, 0.1, { log: true }) },
    heightOf: (loss) => (Number.isFinite(loss) ? share(log(loss / TRAINED.least) / log(TRAINED.most / TRAINED.least)) : 1),
  };
}

/** The space that the samplers get. */
export function spaceOf(state: Question & Pick<SearchState, 'scale'>): Space<{ readonly x: FloatParameter; readonly y: FloatParameter }> {
  const { across, up } = problemOf(state);
  const drawn = ({ parameter: { low, high, log } }: Axis): FloatParameter => float(low, high, { log: log && state.scale === 'logarithm' });
  return space({ x: drawn(across), y: drawn(up) });
}

/** Where a value stands on its axis, from 0 to 1. */
export const placeOn = ({ parameter }: Axis, value: number): number => unitOf(parameter, value);
