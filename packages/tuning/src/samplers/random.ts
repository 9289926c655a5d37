import { sampler, streamKey, type Sampler } from '@downhill/core';
import { settingAt } from '../space/setting-at.ts';
import { mapSettings } from './map-settings.ts';
import { uniformAt } from './uniform.ts';

/**
 * Every parameter on its own, evenly over its range, or over its logarithm: what others are measured against. Where few of the parameters matter
 * it beats a grid of as many trials, which tries the same few values of each again and again.
 *
 * Bergstra & Bengio 2012, "Random search for hyper-parameter optimization", JMLR 13.
 *
 * @example
 * random().name; // 'random'
 */
export function random(): Sampler {
  return sampler({
    name: 'random',
    config: {},
    sample: ({ space, seed }, number) =>
      mapSettings(space, (parameter, name) => settingAt(parameter, uniformAt(streamKey(seed, 'random', number, name)))),
  });
}
