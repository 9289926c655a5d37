import { pluginJson, type Plugin } from '@downhill/core';
import type { Settings } from '../space/settings.ts';
import type { StudyView } from '../view/study-view.ts';

/** What chooses the settings of the next trial. */
export interface Sampler extends Plugin<'sampler'> {
  /**
   * The settings of trial `number`, which is in the view as running and without settings. A function of its arguments alone: what is random in it
   * is drawn from `streamKey(study.seed, name, number, ...)`.
   *
   * @returns `undefined` where it has nothing left to try.
   */
  sample(study: StudyView, number: number): Settings | undefined;
}

/** What a sampler is made of. */
export type SamplerDefinition = Pick<Sampler, 'name' | 'config' | 'sample'>;

/**
 * Makes a sampler.
 *
 * @example
 * const lowest = () => sampler({ name: 'lowest', config: {}, sample: ({ space }) => mapSettings(space, (parameter) => settingAt(parameter, 0)) });
 * lowest().sample({ space: space({ rate: float(1, 2) }) }, 0); // { rate: 1 }
 */
export function sampler({ name, config, sample }: SamplerDefinition): Sampler {
  return Object.freeze({
    kind: 'sampler',
    name,
    config,
    sample,
    toJSON() {
      return pluginJson(this);
    },
  } satisfies Sampler);
}
