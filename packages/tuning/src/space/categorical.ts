import { show, type CategoricalParameter, type Choice } from '@downhill/core';
import type { Fields } from './checked-range.ts';
import { checkedChoice } from './checked-choice.ts';
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

/** What {@link categorical} makes, of fields that a file may hold; `at` stands before their names in messages. */
export function checkedCategorical(source: string, { choices }: Fields, at = ''): CategoricalParameter {
  if (!Array.isArray(choices)) refuse(source, `\`${at}choices\` must be a list, got ${show(choices)}`);
  const list = (choices as readonly unknown[]).map((choice, i) => checkedChoice(source, `${at}choices[${i}]`, choice));
  if (list.length === 0) refuse(source, `\`${at}choices\` must have at least one value, got none`, 'Name what is to be chosen from.');
  const twice = list.find((choice, i) => list.indexOf(choice) < i);
  if (twice !== undefined) refuse(source, `\`${at}choices\` has ${show(twice)} twice`, 'Leave out one of them.');
  return Object.freeze({ kind: 'categorical', choices: Object.freeze(list) });
}
