import { grid } from './grid.ts';
import { halton } from './halton.ts';
import { latinHypercube } from './latin-hypercube.ts';
import { random } from './random.ts';
import { sobol } from './sobol.ts';
import { tpe } from './tpe.ts';

/**
 * All samplers by name: for `register`, and for a command line.
 *
 * @example
 * samplers.sobol({ scramble: false }).name; // 'sobol'
 */
export const samplers: {
  readonly grid: typeof grid;
  readonly halton: typeof halton;
  readonly latinHypercube: typeof latinHypercube;
  readonly random: typeof random;
  readonly sobol: typeof sobol;
  readonly tpe: typeof tpe;
} = { grid, halton, latinHypercube, random, sobol, tpe };
