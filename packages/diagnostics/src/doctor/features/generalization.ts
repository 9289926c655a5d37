import { log } from '@downhill/core/math';
import { endOf, logs, type Run } from '../series.ts';
import { lastShare, median, minimum, slope } from '../statistics.ts';

/** What the validation says. */
export interface GeneralizationFeatures {
  /** Validation loss less training loss at the end, in losses of guessing. */
  readonly gap: number | undefined;
  /** The logarithm of their ratio. */
  readonly gapRatio: number | undefined;
  /** How far the validation loss ends above its least, as a logarithm of the ratio. */
  readonly validationRise: number | undefined;
  /** The share of the run since the validation loss was least. */
  readonly sinceBest: number | undefined;
  /** What the validation loss falls by in an epoch of the second half, as a share of itself. */
  readonly validationFall: number | undefined;
  /** Validation accuracy less training accuracy, both beyond guessing: the median after the first quarter of the run. */
  readonly accuracyGain: number | undefined;
  /** The same in the second quarter of the run, before wrong labels can be learned by heart. */
  readonly earlyAccuracyGain: number | undefined;
  /** The validation loss less the share of wrong answers, both in units of guessing: right answers that are not sure of themselves. */
  readonly unsure: number | undefined;
}

export function generalizationFeatures({ train, trainAccuracy, validation, validationAccuracy }: Run): GeneralizationFeatures {
  const gains = trainAccuracy === undefined ? undefined : validationAccuracy?.map((value, i) => value - (trainAccuracy[i] ?? value));
  const accuracyGain = gains === undefined ? undefined : median(lastShare(gains, 3 / 4, 3));
  const [quarter, half] = [1 / 4, 1 / 2].map((share) => Math.floor(share * (gains?.length ?? 0)));
  const earlyAccuracyGain = gains === undefined ? undefined : median(gains.slice(quarter, Math.max(half ?? 0, (quarter ?? 0) + 1)));
  if (validation === undefined)
    return {
      gap: undefined,
      gapRatio: undefined,
      validationRise: undefined,
      sinceBest: undefined,
      validationFall: undefined,
      accuracyGain,
      earlyAccuracyGain,
      unsure: undefined,
    };
  const [end, least] = [endOf(validation), minimum(validation)];
  return {
    gap: end - endOf(train),
    gapRatio: log(end / endOf(train)),
    validationRise: log(end / least),
    sinceBest: 1 - (validation.indexOf(least) + 1) / validation.length,
    validationFall: -slope(logs(lastShare(validation, 1 / 2, 4))),
    accuracyGain,
    earlyAccuracyGain,
    unsure: validationAccuracy === undefined ? undefined : end - (1 - endOf(validationAccuracy)),
  };
}
