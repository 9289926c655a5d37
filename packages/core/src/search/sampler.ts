import { pluginJson, type Plugin } from '../plugin.ts';
import type { Settings } from './settings.ts';
import type { StudyView } from './study-view.ts';

/** Spaces that not every sampler takes: with parameters that are choices, and with parameters that are there for some values of others. */
export type DemandingSpace = 'categorical' | 'conditional';

/** What chooses the settings of the next trial. */
export interface Sampler extends Plugin<'sampler'> {
  /**
   * The settings of trial `number`, which is in the view as running and without settings. A function of its arguments alone: what is random in it
   * is drawn from `streamKey(study.seed, name, number, ...)`.
   *
   * @returns `undefined` where it has nothing left to try.
   */
  sample(study: StudyView, number: number): Settings | undefined;
  /** Spaces for which it throws, saying so; its tests leave them out. @defaultValue none */
  readonly cannotTake?: readonly DemandingSpace[];
}

/** What a sampler is made of. */
export type SamplerDefinition = Pick<Sampler, 'name' | 'config' | 'sample' | 'cannotTake'>;

/**
 * Makes a sampler.
 *
 * @example
 * const half = sampler({ name: 'half', config: {}, sample: () => ({ rate: 0.5 }) });
 * half.kind; // 'sampler'
 */
export function sampler({ name, config, sample, cannotTake }: SamplerDefinition): Sampler {
  return Object.freeze({
    kind: 'sampler',
    name,
    config,
    sample,
    ...(cannotTake === undefined ? {} : { cannotTake }),
    toJSON() {
      return pluginJson(this);
    },
  } satisfies Sampler);
}
