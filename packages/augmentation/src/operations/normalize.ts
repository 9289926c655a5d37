import { augmentation, checkNumber, DownhillError, show, type Augmentation } from '@downhill/core';
import { checkOptions } from './check-options.ts';
import { perChannel } from './colour-matrix.ts';

/** Options of {@link normalize}. One number for each channel. */
export interface NormalizeOptions {
  mean: readonly number[];
  standardDeviation: readonly number[];
}

/**
 * Brings each channel to mean 0 and variance 1: x' = (x - mean) / standardDeviation, torchvision's `Normalize`.
 *
 * @example
 * const standard = normalize({ mean: [0.485, 0.456, 0.406], standardDeviation: [0.229, 0.224, 0.225] });
 * standard.name; // 'normalize'
 *
 * @throws DownhillError `invalid-argument` for numbers that are none, or a deviation that is not above 0; when it is applied, for an image
 * with another number of channels.
 */
export function normalize(options: NormalizeOptions): Augmentation<null> {
  checkOptions('normalize', options, ['mean', 'standardDeviation']);
  const { mean, standardDeviation } = options;
  const given: readonly unknown[] = [mean, standardDeviation];
  if (!given.every(Array.isArray))
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'normalize',
      problem: `\`mean\` and \`standardDeviation\` must be lists with a number for each channel, got ${given.map(show).join(' and ')}`,
    });
  for (const [channel, value] of mean.entries()) checkNumber('normalize', { [`mean[${channel}]`]: value });
  for (const [channel, value] of standardDeviation.entries())
    checkNumber('normalize', { [`standardDeviation[${channel}]`]: value }, { above: 0 });
  return augmentation<null>({
    name: 'normalize',
    leavesRange: true,
    config: { ...options },
    draw: () => null,
    apply(_, { channels }) {
      if (mean.length !== channels || standardDeviation.length !== channels)
        throw new DownhillError({
          code: 'shape-mismatch',
          source: 'normalize',
          problem: `\`mean\` and \`standardDeviation\` must have a number for each of the image's ${channels} channels, got ${mean.length} and ${standardDeviation.length}`,
        });
      const factor = (channel: number): number => 1 / (standardDeviation[channel] ?? 1);
      return [{ kind: 'colour', matrix: perChannel(channels, factor, (channel) => -(mean[channel] ?? 0) * factor(channel)), clamp: false }];
    },
  });
}
