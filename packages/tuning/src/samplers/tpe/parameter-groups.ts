import { show } from '@downhill/core';
import type { Condition, Parameters } from '../../space/parameter.ts';
import type { SampledParameter } from './parzen-estimator.ts';

/** Parameters that are there in the same trials, by name. */
export type ParameterGroup = Readonly<Record<string, SampledParameter>>;

/**
 * The parameters that are sampled together, fixed ones left out: those with the same condition where `multivariate`, else each alone. Groups come in
 * the order of their first parameters, and so after all that their condition names. Optuna finds the same groups (`group=True`) from what
 * trials had.
 */
export function parameterGroups(parameters: Parameters, multivariate: boolean): readonly ParameterGroup[] {
  const groups = new Map<string, Record<string, SampledParameter>>();
  for (const [name, parameter] of Object.entries(parameters)) {
    if (parameter.kind === 'fixed') continue;
    const key = multivariate ? keyOf(parameter.when ?? {}) : name;
    const group = groups.get(key) ?? {};
    group[name] = parameter;
    groups.set(key, group);
  }
  return [...groups.values()];
}

const keyOf = (when: Condition): string =>
  JSON.stringify(
    Object.entries(when)
      .map(([name, values]) => [name, values.map(show).sort()])
      .sort(),
  );
