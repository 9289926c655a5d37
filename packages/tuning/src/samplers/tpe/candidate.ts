import { subKey, type FrozenTrial, type Key, type Settings } from '@downhill/core';
import { isSetting } from '../../space/is-setting.ts';
import { uniformAt } from '../uniform.ts';
import type { ParameterGroup } from './parameter-groups.ts';
import { mixture } from './parzen-estimator.ts';
import type { CompleteParzenOptions } from './parzen-options.ts';

/**
 * The best of `candidates` settings for a group of parameters: the one that good trials make the most likely, compared with all others.
 *
 *     argmax over x ~ l of l(x) / g(x),   l of the good trials, g of the others
 *
 * This is where the expected improvement is the largest: Bergstra et al. 2011, section 4.1.
 */
export function bestCandidate(
  group: ParameterGroup,
  { good, others }: { readonly good: readonly FrozenTrial[]; readonly others: readonly FrozenTrial[] },
  options: CompleteParzenOptions & { readonly candidates: number },
  key: Key,
): Settings {
  const l = mixture(group, observationsOf(group, good), options);
  const g = mixture(group, observationsOf(group, others), options);
  let best: { readonly settings: Settings; readonly score: number } | undefined;
  for (let i = 0; i < options.candidates; i += 1) {
    const own = subKey(key, i);
    const settings = l.sample((place) => uniformAt(own, place));
    const score = l.logPdf(settings) - g.logPdf(settings);
    if (best === undefined || score > best.score) best = { settings, score };
  }
  return best?.settings ?? {};
}

/** What trials had of a group, from the oldest to the newest: those that had all of it, and as the space has it now. */
function observationsOf(group: ParameterGroup, trials: readonly FrozenTrial[]): readonly Settings[] {
  const has = ({ settings }: FrozenTrial): boolean =>
    Object.entries(group).every(([name, parameter]) => isSetting(parameter, settings[name]));
  return trials
    .filter(has)
    .sort((a, b) => a.number - b.number)
    .map(({ settings }) => settings);
}
