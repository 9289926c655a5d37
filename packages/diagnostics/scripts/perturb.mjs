// Ways to look at the same run differently, for fitting the doctor's weights and for judging them.
import { randomStream, streamKey } from '@downhill/core';

/** @typedef {import('../dist/curves.js').Curves} Curves */
/** @typedef {(curves: Curves, seed: number) => Curves} Perturbation */

/** @param {string} name @returns {Perturbation} */
const without =
  (...names) =>
  (curves) =>
    Object.fromEntries(Object.entries(curves).filter(([name]) => !names.includes(name)));

/** @param {Curves} curves @param {(series: (number | null)[], name: string) => (number | null)[]} change */
const eachSeries = (curves, change) =>
  Object.fromEntries(Object.entries(curves).map(([name, value]) => [name, Array.isArray(value) ? change(value, name) : value]));

const losses = ['trainLoss', 'validationLoss'];

/** @type {Readonly<Record<string, Perturbation>>} */
export const perturbations = {
  'as it is': (curves) => curves,
  'no accuracies': without('trainAccuracy', 'validationAccuracy'),
  'no validation': without('validationLoss', 'validationAccuracy'),
  'no rate': without('learningRate'),
  'no initial loss': without('initialLoss'),
  'no classes': without('classes', 'lossFunction'),
  'losses times 7.3, loss function unknown': (curves) => ({
    ...without('lossFunction')(eachSeries(curves, (series, name) => (losses.includes(name) ? series.map((value) => value && 7.3 * value) : series))),
    ...(typeof curves.initialLoss === 'number' ? { initialLoss: 7.3 * curves.initialLoss } : {}),
  }),
  '2 % noise on all losses': (curves, seed) => {
    const { normalAt } = randomStream(streamKey(seed, 'perturbed'));
    let at = 0;
    return eachSeries(curves, (series, name) => (losses.includes(name) ? series.map((value) => value && value * (1 + 0.02 * normalAt(at++))) : series));
  },
  'every second epoch': (curves) => eachSeries(curves, (series) => (series.length < 16 ? series : series.filter((_, i) => i % 2 === 0))),
  'the last eighth cut off': (curves) => eachSeries(curves, (series) => series.slice(0, Math.ceil((7 / 8) * series.length))),
};
