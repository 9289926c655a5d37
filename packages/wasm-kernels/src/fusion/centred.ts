import type { HeldData } from '../held-data.ts';
import { Expression, type Operand, type Repetition } from './expression.ts';

/** What a vector is the mean of. */
interface MeanOf extends Repetition {
  readonly values: HeldData;
}

const means = new WeakMap<HeldData, MeanOf>();

/** Notes that `mean` is the mean of `values` over all rows of `period` values, of each of `groups` parts. */
export function noteMean(mean: HeldData, values: HeldData, { period, groups }: Repetition): void {
  means.set(mean, { values, period, groups });
}

/**
 * Whether a value sums to zero by its form: values less their own mean, times vectors that are the same for all that are summed. The gradient
 * of a variance by the mean in it is such a sum; it takes a pass over the tensor and comes to the rounding errors.
 */
export function sumsToZero({ data: { computation } }: Operand, over: Repetition): boolean {
  if (!(computation instanceof Expression)) return false;
  const [a, b] = computation.operands;
  switch (computation.operation) {
    case 'subtract':
      return a !== undefined && b !== undefined && isMeanOf(b, a, over);
    case 'multiply':
      return (
        a !== undefined && b !== undefined && ((isVector(b, over) && sumsToZero(a, over)) || (isVector(a, over) && sumsToZero(b, over)))
      );
    case 'copy':
    case 'negate':
      return a !== undefined && sumsToZero(a, over);
    default:
      return false;
  }
}

function isMeanOf({ data, repeated }: Operand, values: Operand, { period, groups }: Repetition): boolean {
  const noted = means.get(data);
  const fits = noted?.period === period && noted.groups === groups && repeated?.period === period && repeated.groups === groups;
  return fits && noted.values === values.data && values.repeated === undefined;
}

/** Whether a value is the same in all rows that are summed. */
function isVector({ data, repeated }: Operand, over: Repetition): boolean {
  if (repeated !== undefined) return over.period % repeated.period === 0 && repeated.groups === 1;
  const { computation } = data;
  return computation instanceof Expression && computation.operation === 'copy' && computation.operands.every((one) => isVector(one, over));
}
