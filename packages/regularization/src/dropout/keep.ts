import { add, less, lessEqual, mul, randomUniform, randomUniform16, select, type Expression, type Key } from '@downhill/core';
import { elementwise, type Elementwise, type Execution } from '@downhill/tfjs';
import type { Tensor } from '@tensorflow/tfjs-core';

/** y = scale · x where x is kept, y = 0 where it is dropped; with `dropped` and `offset`, y = scale · x + offset and y = dropped. */
export interface Keeping {
  /** The chance of being dropped. */
  readonly rate: number;
  readonly scale: number;
  readonly elsewhere?: { readonly offset: number; readonly dropped: number };
}

type Numeral = 'rate' | 'scale' | 'offset' | 'dropped';
type Numbers = Readonly<Record<Numeral, Expression>>;
type Formula = (keep: Expression, x: Expression, numbers: Numbers) => Expression;

const toZero: Formula = (keep, x, { scale }) => select(keep, mul(x, scale), 0);
const toValue: Formula = (keep, x, { scale, offset, dropped }) => select(keep, add(mul(x, scale), offset), dropped);

/** The three kernels of a formula: by draws of sixteen bits, of twenty-four, and by a mask. */
interface Kernels {
  readonly coarse: Elementwise<'x', Numeral, 'y'>;
  readonly fine: Elementwise<'x', Numeral, 'y'>;
  readonly masked: Elementwise<'x' | 'mask', Numeral, 'y'>;
}

const NUMBERS: readonly Numeral[] = ['rate', 'scale', 'offset', 'dropped'];

function kernels(formula: Formula): Kernels {
  const drawing = (uniform: () => Expression): Kernels['fine'] =>
    elementwise({
      name: 'dropout',
      inputs: ['x'],
      numbers: NUMBERS,
      compute: ({ inputs: { x }, numbers }) => ({ y: formula(lessEqual(numbers.rate, uniform()), x, numbers) }),
    });
  return {
    coarse: drawing(randomUniform16),
    fine: drawing(randomUniform),
    masked: elementwise({
      name: 'dropout',
      inputs: ['x', 'mask'],
      numbers: NUMBERS,
      compute: ({ inputs: { x, mask }, numbers }) => ({ y: formula(less(0, mask), x, numbers) }),
    }),
  };
}

const zeroing: Kernels = /* @__PURE__ */ kernels(toZero);
const replacing: Kernels = /* @__PURE__ */ kernels(toValue);

const kernelsFor = ({ elsewhere }: Keeping): Kernels => (elsewhere === undefined ? zeroing : replacing);
const numbersOf = ({ rate, scale, elsewhere: { offset, dropped } = { offset: 0, dropped: 0 } }: Keeping): Record<Numeral, number> => ({
  rate,
  scale,
  offset,
  dropped,
});

/** The rates that sixteen bits tell well enough: to one part in two thousand of the smaller share. */
const COARSE = { from: 1 / 64, to: 63 / 64 } as const;

/** Keeps each element by a coin of its own: one kernel that draws and scales. */
export function keepDrawn(x: Tensor, keeping: Keeping, key: Key, execution: Execution): Tensor {
  const { coarse, fine } = kernelsFor(keeping);
  const kernel = keeping.rate >= COARSE.from && keeping.rate <= COARSE.to ? coarse : fine;
  return kernel({ x }, { numbers: numbersOf(keeping), key, execution }).y;
}

/** Keeps the elements where a mask, which may be shorter along some axes, is above 0. */
export const keepMasked = (x: Tensor, mask: Tensor, keeping: Keeping, execution: Execution): Tensor =>
  kernelsFor(keeping).masked({ x, mask }, { numbers: numbersOf(keeping), execution }).y;
