import { exp } from '@downhill/core/math';
import type { FeatureName } from './features/features.ts';

const percent = (share: number): string =>
  Math.abs(share) < 5e-4 ? 'less than 0.1 %' : `${(100 * share).toFixed(Math.abs(share) < 0.0995 ? 1 : 0)} %`;
const number = (value: number): string => Number(value.toPrecision(3)).toString();
const times = (logarithm: number): string => number(exp(logarithm));

/** What a feature says, as a clause with its number. */
export const WORDS: Readonly<Record<FeatureName, (value: number) => string>> = {
  brokenAt: (value) => `the training loss was first NaN or infinite in epoch ${value}`,
  startLevel: (value) => `the loss before the first step was ${number(value)} times that of guessing`,
  startOffChance: (value) => `the first loss was ${percent(value)} off that of guessing`,
  firstLevel: (value) => `the loss of the first epoch was ${number(value)} times that of guessing`,
  firstFall: (value) =>
    value >= 0
      ? `the first epoch took ${percent(1 - exp(-value))} off the loss`
      : `the first epoch raised the loss by ${percent(exp(-value) - 1)}`,
  flatShare: (value) => `${percent(value)} of the run passed before the loss was 3 % down`,
  earlySpread: (value) => `the loss moved by ${percent(value)} in the first third after its first epoch`,
  largestFall: (value) => `its largest fall in an epoch was by ${percent(1 - exp(-value))}`,
  stuckShare: (value) => `the accuracy stood still in ${percent(value)} of the epochs`,
  endLevel: (value) => `the training loss ends at ${number(value)} of that of guessing`,
  fallenByHalf: (value) => `${percent(value)} of its fall was done by the middle of the run`,
  trainAccuracy: (value) => `the training accuracy ends at ${number(value)} between guessing (0) and all (1)`,
  lateFall: (value) => `the training loss ${value < 0 ? 'rises' : 'falls'} by ${percent(Math.abs(value))} an epoch at the end`,
  lateShare: (value) => `${percent(value)} of its fall came in the last third`,
  noise: (value) => `the training loss jitters by ${percent(value)}`,
  noiseLevel: (value) => `the training loss jitters by ${number(value)} of the loss of guessing`,
  validationNoise: (value) => `the validation loss jitters by ${percent(value)}`,
  fallingPairs: (value) => `of two epochs of the second half the later one is lower in ${percent(value)} of the cases`,
  largestRise: (value) => `the largest rise in an epoch was by ${percent(exp(value) - 1)}`,
  aboveBest: (value) => `the training loss ends ${times(value)} times as high as its best`,
  gap: (value) => `the validation loss ends ${number(value)} losses of guessing ${value < 0 ? 'away from' : 'above'} the training loss`,
  gapRatio: (value) => `the validation loss ends at ${times(value)} times the training loss`,
  validationRise: (value) =>
    value < 0.005 ? 'the validation loss ends at its least' : `the validation loss ends at ${times(value)} times its least`,
  sinceBest: (value) => `the validation loss was least ${value === 0 ? 'at the end' : `${percent(value)} of the run ago`}`,
  validationFall: (value) =>
    `the validation loss ${value < 0 ? 'rises' : 'falls'} by ${percent(Math.abs(value))} an epoch in the second half`,
  accuracyGain: (value) => `the validation accuracy is ${percent(Math.abs(value))} ${value < 0 ? 'below' : 'above'} the training accuracy`,
  earlyAccuracyGain: (value) =>
    `early in the run the validation accuracy was ${percent(Math.abs(value))} ${value < 0 ? 'below' : 'above'} the training accuracy`,
  unsure: (value) => `the validation loss is ${number(value)} higher than its share of wrong answers, in units of guessing`,
  keptRate: (value) => (value > 0.995 ? 'the learning rate was constant' : `the mean learning rate is ${percent(value)} of the highest`),
  fullEpochs: (value) => `the run amounts to ${number(value)} epochs at the highest rate`,
  fallAtFullRate: (value) => `at the highest rate the loss would still fall by ${percent(value)} an epoch`,
  fallBeforeCut: (value) =>
    `the loss ${value < 0 ? 'rose' : 'fell'} by ${percent(Math.abs(value))} an epoch before the rate was cut, or at the end`,
};
