import { show, type Condition, type Parameter, type Parameters } from '@downhill/core';
import { valueCount } from '../../space/value-count.ts';
import type { SampledParameter } from './parzen-estimator.ts';
import { scaleOf } from './scale.ts';

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
    if (!isSampled(parameter)) continue;
    const key = together ? keyOf(parameter.when ?? {}) : name;
    const group = groups.get(key) ?? {};
    groups.set(key, Object.assign(group, { [name]: parameter }));
    groupOf.set(name, group);
  }
  return groupOf;
}

/** Bounds may also be so close that they have the same logarithm. */
function isSampled(parameter: Parameter): parameter is SampledParameter {
  if (parameter.kind === 'fixed' || valueCount(parameter) === 1) return false;
  if (parameter.kind === 'categorical') return true;
  const { low, high } = scaleOf(parameter);
  return low < high;
}

/** The same for the same condition, in whatever order it is written. */
const keyOf = (when: Condition): string =>
  Object.entries(when)
    .map(([name, values]) => JSON.stringify([name, ...values.map(show).sort()]))
    .sort()
    .join();
