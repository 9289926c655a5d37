import { exp } from '@downhill/core/math';

const BEST = 0.38; // of the first number: no grid of two to eight values hits it
const NARROW = 0.05;
const SECOND = 0.6; // the best of the second number

const bump = (distance: number, width: number): number => exp(-((distance / width) ** 2));

/**
 * A loss of two numbers from 0 to 1 of which the first decides: a narrow valley at 0.38 beside a wide one that is not as deep. The second adds at most
 * `weight`. After figure 1 of Bergstra & Bengio 2012, "Random search for hyper-parameter optimization". Its lowest value is near 0.
 */
export const toyLoss =
  (weight: number) =>
  (x: number, y: number): number =>
    1 - bump(x - BEST, NARROW) - 0.5 * bump(x - 0.78, 0.16) + weight * (1 - bump(y - SECOND, 0.4));
