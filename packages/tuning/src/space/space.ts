import { nearest, show, type Choice, type Condition, type Parameter, type Parameters, type Space } from '@downhill/core';
import { checkedParameter, type ParameterInput } from './checked-parameter.ts';
import { isSetting } from './is-setting.ts';
import { describeValues } from './describe-values.ts';
import { refuse } from './refuse.ts';
import { settingAt } from './setting-at.ts';
import { unitOf } from './unit-of.ts';
import { valueCount } from './value-count.ts';

/**
 * A space to search: named parameters, in the order in which they are sampled. It takes what `float`, `int`, `categorical`, `fixed` and `when`
 * make, or the same as plain JSON, in which `log: false`, an int's `step: 1` and the list around the only value of a condition may be left out.
 *
 * @example
 * const searched = space({ optimizer: categorical(['sgd', 'adam']), momentum: when({ optimizer: 'sgd' }, float(0, 0.99)) });
 * mapSettings(searched, (parameter) => settingAt(parameter, 0)); // { optimizer: 'sgd', momentum: 0 }
 * mapSettings(searched, (parameter) => settingAt(parameter, 1)); // { optimizer: 'adam' }
 *
 * @throws DownhillError `invalid-argument` where there are no parameters, one is not what its factory would make, or a condition names a
 * parameter that is not before it, or a value that it never has.
 */
export function space<const Given extends Parameters>(parameters: Given): Space<Given>;
export function space(parameters: Readonly<Record<string, ParameterInput>>): Space;
export function space(given: Readonly<Record<string, ParameterInput>>): Space {
  if (typeof given !== 'object' || given === null || Array.isArray(given) || Object.keys(given).length === 0)
    refuse(
      'space',
      `takes an object with at least one parameter, got ${show(given)}`,
      'Write space({ rate: float(1e-4, 0.1, { log: true }) }).',
    );
  const checked = new Map<string, Parameter>();
  for (const [name, fields] of Object.entries(given)) {
    if (name === '' || name === '__proto__') refuse('space', `a parameter cannot be named ${show(name)}`);
    const parameter = checkedParameter('space', name, fields);
    checkCondition(name, parameter.when ?? {}, checked, Object.keys(given));
    checked.set(name, parameter);
  }
  const parameters: Parameters = Object.freeze(Object.fromEntries(checked));
  return Object.freeze({ parameters, toJSON: () => parameters });
}

function checkCondition(name: string, when: Condition, before: ReadonlyMap<string, Parameter>, names: readonly string[]): void {
  for (const [other, values] of Object.entries(when)) {
    const parameter = before.get(other);
    const near = nearest(other, [...before.keys()]);
    if (parameter === undefined)
      refuse(
        'space',
        `the condition of \`${name}\` names \`${other}\`, which is ${names.includes(other) ? 'not before it' : 'no parameter of the space'}`,
        names.includes(other) ? `Put \`${other}\` first.` : near === undefined ? undefined : `Did you mean \`${near}\`?`,
      );
    if (valueCount(parameter) === Infinity)
      refuse('space', `the condition of \`${name}\` names \`${other}\`, which has no single values`, 'Depend on a categorical or an int.');
    for (const value of values)
      if (!hasExactly(parameter, value))
        refuse('space', `the condition of \`${name}\` is never met: \`${other}\` is ${describeValues(parameter)}, never ${show(value)}`);
  }
}

/** Settings are compared with a condition as they are sampled: without tolerance. */
const hasExactly = (parameter: Parameter, value: Choice): boolean =>
  isSetting(parameter, value) && settingAt(parameter, unitOf(parameter, value)) === value;
