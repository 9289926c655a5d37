import { sampler, type PluginConfig, type Sampler, type Settings, type Space } from '@downhill/core';
import { settingAt } from '../space/setting-at.ts';
import { candidatesOf } from './candidates-of.ts';
import { firstUntried } from './first-untried.ts';
import { mapSettings } from './map-settings.ts';
import type { Sequence } from './sequences/sequence.ts';

/**
 * A sampler that tries the points of a sequence, each once. Every parameter that is searched is a dimension, conditional ones also where they are
 * not there.
 *
 * @param sequenceOf Makes the sequence for a number of dimensions and the study's seed.
 */
export function sequenceSampler(name: string, config: PluginConfig, sequenceOf: (dimensions: number, seed: number) => Sequence): Sampler {
  const candidates = candidatesOf((space, seed) => {
    const names = Object.keys(space.parameters).filter((parameter) => space.parameters[parameter]?.kind !== 'fixed');
    return settingsAlong(sequenceOf(names.length, seed), space, names);
  });
  return sampler({ name, config, sample: (study, number) => firstUntried(study, number, candidates(study)) });
}

function* settingsAlong(sequence: Sequence, space: Space, names: readonly string[]): Generator<Settings> {
  for (let index = 0; ; index += 1) {
    const point = sequence(index);
    yield mapSettings(space, (parameter, name) => settingAt(parameter, point[names.indexOf(name)] ?? 0));
  }
}
