import { checkNumber, complete, randomStream, sampler, streamKey, type Sampler } from '@downhill/core';
import { mapSettings, settingAt } from '@downhill/tuning';

/** Options of {@link mySampler}; say whose defaults these are. */
export interface MySamplerOptions {
  /** How far apart two trials in a row are, as a share of each range, in (0, 1). @defaultValue 0.618, about the golden section, which comes back late */
  stride?: number;
}

/**
 * Walks through every range in strides, from a place that the seed decides. Write here how yours chooses.
 *
 *     uₙ = (u₀ + n · stride) mod 1
 *
 * Cite its source. What is random is drawn from the study's seed, and never from a clock.
 *
 * @example
 * const choice = mySampler({ stride: 0.4 });
 * choice.name; // 'mySampler'
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export function mySampler(options: MySamplerOptions = {}): Sampler {
  const config = complete('mySampler', options, { stride: 0.618 });
  const { stride } = config;
  checkNumber('mySampler', { stride }, { above: 0, below: 1 });
  return sampler({
    name: 'mySampler',
    config,
    sample: ({ space, seed }, number) =>
      mapSettings(space, (parameter, name) => {
        const first = randomStream(streamKey(seed, 'mySampler', name)).uniformAt(0);
        return settingAt(parameter, (first + number * stride) % 1);
      }),
  });
}
