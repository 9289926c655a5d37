import { differenceText, intervalText } from './numbers.ts';
import type { DataSetReport, Difference } from './report.ts';

/** Says in one sentence whether arms differ by more than seeds do. */
export function sentence({ title, seeds }: Pick<DataSetReport, 'title' | 'seeds'>, difference: Difference): string {
  const { quantity, arm, baseline, mean, withinNoise, samePairs } = difference;
  if (samePairs > 0)
    return `${title}: nothing can be said, because ${arm} and ${baseline} ended with the same weights, to the bit, in ${samePairs} of ${seeds.length} pairs.`;
  const what = `the ${quantity.name} with ${arm} is ${differenceText(quantity, Math.abs(mean))} ${mean < 0 ? 'lower' : 'higher'} than with ${baseline}`;
  const interval = `95 % interval of the difference: ${intervalText(quantity, difference)}`;
  return withinNoise
    ? `${title}: over ${seeds.length} seeds ${what}, which is within the noise of the seeds (${interval}).`
    : `${title}: over ${seeds.length} seeds ${what}, which is more than the noise of the seeds explains (${interval}).`;
}
