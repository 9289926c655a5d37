import type { Settings } from './settings.ts';

/** The settings of a run in words, for people. */
export const describe = ({
  task,
  hidden,
  filters,
  activation,
  rule,
  rate,
  decayName,
  batch,
  samples,
  wrong,
  scale,
  weightDecay,
  dropout,
  loss,
}: Settings): string =>
  [
    task.name,
    `${filters > 0 ? `convolution ${filters}, ` : ''}hidden ${hidden.join('x') || 'none'}, ${activation}`,
    `${rule} at ${rate.toPrecision(2)}, ${decayName}`,
    `batch ${batch}, ${samples} samples, ${loss}`,
    ...(wrong > 0 ? [`${Math.round(100 * wrong)}% wrong labels`] : []),
    ...(scale !== 1 ? [`weights times ${scale.toPrecision(2)}`] : []),
    ...(weightDecay > 0 ? [`weight decay ${weightDecay.toPrecision(2)}`] : []),
    ...(dropout > 0 ? [`dropout ${dropout.toPrecision(2)}`] : []),
  ].join('; ');
