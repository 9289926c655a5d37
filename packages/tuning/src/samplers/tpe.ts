import {
  checkNumber,
  checkOneOf,
  complete,
  sampler,
  streamKey,
  type Choice,
  type Sampler,
  type Settings,
  type StudyView,
} from '@downhill/core';
import { settingAt } from '../space/setting-at.ts';
import { mapSettings } from './map-settings.ts';
import { random } from './random.ts';
import { bestCandidate } from './tpe/candidate.ts';
import { gammaCount, type GammaRule } from './tpe/gamma-count.ts';
import { parameterGroups } from './tpe/parameter-groups.ts';
import { checkParzenOptions, parzenDefaults, type ParzenOptions } from './tpe/parzen-options.ts';
import { rankedTrials, type RankedTrials } from './tpe/ranked-trials.ts';

/** Options of {@link tpe}. */
export interface TpeOptions extends ParzenOptions {
  /** Trials with a result before it learns from them; until then it samples at random. @defaultValue 10, Optuna's */
  readonly startupTrials?: number;
  /** How many settings are drawn and compared for each trial. @defaultValue 24, Optuna's and Hyperopt's */
  readonly candidates?: number;
  /** How many trials count as good ones. @defaultValue 'linear', a tenth: Optuna's */
  readonly gamma?: GammaRule;
  /**
   * Whether trials that run count as bad ones, so that trials in parallel are not all alike. Where one runs at a time it changes nothing.
   * @defaultValue true; false in Optuna, whose documentation advises true where trials run in parallel
   */
  readonly constantLiar?: boolean;
}

type CompleteTpeOptions = Required<TpeOptions>;

const defaults: CompleteTpeOptions = { ...parzenDefaults, startupTrials: 10, candidates: 24, gamma: 'linear', constantLiar: true };

/**
 * The tree-structured Parzen estimator: tries what is likely among the good trials and unlikely among the others.
 *
 * `multivariate` looks at parameters together, and sees, say, that a high learning rate wants a small batch; those with the same condition are a
 * group, as with Optuna's `group=True`. Else each is looked at alone.
 *
 * Bergstra et al. 2011, "Algorithms for hyper-parameter optimization"; together: Falkner et al. 2018 (BOHB). The constant liar is that of
 * Ginsbourger et al. 2010. What is not said otherwise is as in Optuna 3.1: pruned trials are worse than complete ones, failed ones are left out.
 *
 * @example
 * tpe({ startupTrials: 20 }).config; // { startupTrials: 20 }
 *
 * @throws DownhillError `invalid-argument` for an option that is not taken.
 */
export function tpe(options: TpeOptions = {}): Sampler {
  const full = complete('tpe', options, defaults);
  checkNumber('tpe', { startupTrials: full.startupTrials }, { min: 0, integer: true });
  checkNumber('tpe', { candidates: full.candidates }, { min: 1, integer: true });
  checkOneOf('tpe', 'gamma', full.gamma, ['linear', 'sqrt']);
  checkParzenOptions('tpe', full);
  const startup = random();
  return sampler({
    name: 'tpe',
    config: { ...options },
    sample(study, number) {
      const ranked = rankedTrials(study, full.constantLiar);
      return ranked.finished < full.startupTrials ? startup.sample(study, number) : learned(study, number, ranked, full);
    },
  });
}

/** Each group in turn: those that come later may depend on values of those before them. */
function learned({ seed, space }: StudyView, number: number, { trials, finished }: RankedTrials, options: CompleteTpeOptions): Settings {
  const count = gammaCount(finished, options.gamma);
  const sides = { good: trials.slice(0, count), others: trials.slice(count) };
  const groups = parameterGroups(space.parameters, options.multivariate);
  const chosen = new Map<string, Choice>();
  return mapSettings(space, (parameter, name) => {
    const group = groups.get(name);
    if (group === undefined) return settingAt(parameter, 0); // it has one value
    if (!chosen.has(name)) {
      const settings = bestCandidate(group, sides, options, streamKey(seed, 'tpe', number, name));
      for (const [other, value] of Object.entries(settings)) chosen.set(other, value);
    }
    return chosen.get(name) ?? null;
  });
}
