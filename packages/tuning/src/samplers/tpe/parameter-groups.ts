import { show } from '@downhill/core';
import type { Condition, Parameters } from '../../space/parameter.ts';
import { valueCount } from '../../space/value-count.ts';
import type { SampledParameter } from './parzen-estimator.ts';

/** Parameters that are there in the same trials, by name. */
export type ParameterGroup = Readonly<Record<string, SampledParameter>>;

/**
 * The group that each parameter is sampled in, by its name: that of all with the same condition where `together`, else the parameter alone. Those
 * that have one value are in none. Optuna finds the same groups (`group=True`) from what trials had.
 */
export function parameterGroups(parameters: Parameters, together: boolean): ReadonlyMap<string, ParameterGroup> {
  const groups = new Map<string, Record<string, SampledParameter>>();
  const groupOf = new Map<string, ParameterGroup>();
  for (const [name, parameter] of Object.entries(parameters)) {
    if (parameter.kind === 'fixed' || valueCount(parameter) === 1) continue;
    const key = together ? keyOf(parameter.when ?? {}) : name;
    const group = groups.get(key) ?? {};
    groups.set(key, Object.assign(group, { [name]: parameter }));
    groupOf.set(name, group);
  }
  return groupOf;
}

/** The same for the same condition, in whatever order it is written. */
const keyOf = (when: Condition): string =>
  JSON.stringify(
    Object.entries(when)
      .map(([name, values]) => [name, ...values.map(show).sort()])
      .sort(),
  );
