import { randomStream, streamKey } from '@downhill/core';
import type { Curves, CurveValue } from '@downhill/diagnostics';

type Perturbation = (curves: Curves, seed: number) => Curves;
type Series = readonly CurveValue[];

const without =
  (...names: readonly (keyof Curves)[]): Perturbation =>
  (curves) =>
    Object.fromEntries(Object.entries(curves).filter(([name]) => !names.includes(name as keyof Curves))) as unknown as Curves;

const eachSeries = (curves: Curves, change: (series: Series, name: string) => Series): Curves =>
  Object.fromEntries(
    Object.entries(curves).map(([name, value]: [string, unknown]) => [name, Array.isArray(value) ? change(value as Series, name) : value]),
  ) as unknown as Curves;

const eachLoss = (curves: Curves, change: (loss: number) => number): Curves =>
  eachSeries(curves, (series, name) => (name.endsWith('Loss') ? series.map((value) => (value === null ? null : change(value))) : series));

/** Other views of the same run, whose finding should not change: what the fit sees too, and what the doctor is judged by. */
export const perturbations: Readonly<Record<string, Perturbation>> = {
  'as it is': (curves) => curves,
  'no accuracies': without('trainAccuracy', 'validationAccuracy'),
  'no validation': without('validationLoss', 'validationAccuracy'),
  'no rate': without('learningRate'),
  'no initial loss': without('initialLoss'),
  'no classes': without('classes', 'lossFunction'),
  'losses times 7.3, of an unknown function'(curves, seed) {
    const scaled = eachLoss(without('lossFunction')(curves, seed), (loss) => 7.3 * loss);
    return typeof curves.initialLoss === 'number' ? { ...scaled, initialLoss: 7.3 * curves.initialLoss } : scaled;
  },
  '2 % noise on all losses'(curves, seed) {
    const { normalAt } = randomStream(streamKey(seed, 'perturbed'));
    let at = 0;
    return eachLoss(curves, (loss) => loss * (1 + 0.02 * normalAt(at++)));
  },
  'every second epoch': (curves) => eachSeries(curves, (series) => (series.length < 16 ? series : series.filter((_, i) => i % 2 === 0))),
  'the last eighth cut off': (curves) => eachSeries(curves, (series) => series.slice(0, Math.ceil((7 / 8) * series.length))),
};
