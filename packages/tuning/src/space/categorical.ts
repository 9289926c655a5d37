import { show } from '@downhill/core';
import type { Fields } from './checked-range.ts';
import { checkChoice } from './check-choice.ts';
import type { CategoricalParameter, Choice } from './parameter.ts';
import { refuse } from './refuse.ts';

/**
 * One of a few values, which have no order: strings, finite numbers, true, false and null, as in Optuna.
 *
 * @example
 * const optimizer = categorical(['sgd', 'adam']);
 * settingAt(optimizer, 0.9); // 'adam'
 *
 * @throws DownhillError `invalid-argument` where there are no choices, one is there twice, or one is no such value.
 */
export function categorical<const Value extends Choice>(choices: readonly Value[]): CategoricalParameter<Value> {
  return checkedCategorical('categorical', { choices }) as CategoricalParameter<Value>;
}

export function checkedCategorical(source: string, { choices }: Fields, at = ''): CategoricalParameter {
  if (!Array.isArray(choices)) refuse(source, `\`${at}choices\` must be a list, got ${show(choices)}`);
  const list = choices as readonly unknown[];
  if (list.length === 0) refuse(source, `\`${at}choices\` must have at least one value, got none`, 'Name what is to be chosen from.');
  for (const [i, choice] of list.entries()) {
    checkChoice(source, `${at}choices[${i}]`, choice);
    if (list.indexOf(choice) < i) refuse(source, `\`${at}choices\` has ${show(choice)} twice`, 'Leave out one of them.');
  }
  return Object.freeze({ kind: 'categorical', choices: Object.freeze([...(list as readonly Choice[])]) });
}
