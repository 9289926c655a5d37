import { add, less, mul, not, randomUniform, randomUniform16, select, type Expression, type Key, type Operand } from '@downhill/core';
import { elementwise, type Elementwise, type Execution } from '@downhill/tfjs';
import type { Tensor } from '@tensorflow/tfjs-core';

/** y = scale · x + offset where x is kept, y = dropped where it is not. */
export interface Keeping {
  /** The chance of being dropped. */
  readonly rate: number;
  readonly scale: number;
  /** @defaultValue 0 */
  readonly offset?: number;
  /** @defaultValue 0 */
  readonly dropped?: number;
}

type Numeral = 'rate' | 'scale' | 'offset' | 'dropped';
type Numbers = Readonly<Record<Numeral, Operand>>;

const NUMERALS: readonly Numeral[] = ['rate', 'scale', 'offset', 'dropped'];

const kept = (keep: Expression, x: Operand, { scale, offset, dropped }: Numbers): Expression =>
  select(keep, add(mul(x, scale), offset), dropped);

/** A kernel that draws for itself, over `x` or, without it, over nothing but a shape. */
const drawing = (uniform: () => Expression): Elementwise<'x', Numeral, 'y'> =>
  elementwise({
    name: 'dropout',
    inputs: ['x'],
    numbers: NUMERALS,
    compute: ({ inputs: { x }, numbers }) => ({ y: kept(not(less(uniform(), numbers.rate)), x, numbers) }),
  });

const coarse: Elementwise<'x', Numeral, 'y'> = /* @__PURE__ */ drawing(() => randomUniform16());
const fine: Elementwise<'x', Numeral, 'y'> = /* @__PURE__ */ drawing(() => randomUniform());

const masking: Elementwise<'x' | 'mask', Numeral, 'y'> = /* @__PURE__ */ elementwise({
  name: 'dropout',
  inputs: ['x', 'mask'],
  numbers: NUMERALS,
  compute: ({ inputs: { x, mask }, numbers }) => ({ y: kept(less(0, mask), x, numbers) }),
});

const numbersOf = ({ rate, scale, offset = 0, dropped = 0 }: Keeping): Record<Numeral, number> => ({ rate, scale, offset, dropped });

/** Rates that sixteen bits tell well enough: to one part in a thousand of the smaller share. */
const COARSE_RATES = { from: 1 / 64, to: 63 / 64 } as const;

/** Keeps each element by a coin of its own: one kernel that draws and scales. */
export function keepDrawn(x: Tensor, keeping: Keeping, key: Key, execution: Execution): Tensor {
  const { rate } = keeping;
  const kernel = rate >= COARSE_RATES.from && rate <= COARSE_RATES.to ? coarse : fine;
  return kernel({ x }, { numbers: numbersOf(keeping), key, execution }).y;
}

/** Keeps the elements where a mask, which may be shorter along some axes, is above 0. */
export const keepMasked = (x: Tensor, mask: Tensor, keeping: Keeping, execution: Execution): Tensor =>
  masking({ x, mask }, { numbers: numbersOf(keeping), execution }).y;
