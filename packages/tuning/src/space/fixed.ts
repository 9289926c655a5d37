import type { Choice, FixedParameter } from '@downhill/core';
import type { Fields } from './checked-range.ts';
import { checkedChoice } from './checked-choice.ts';

/**
 * Always the same value: a part of the settings that is not searched, but is noted with each trial.
 *
 * @example
 * fixed(32).value; // 32
 *
 * @throws DownhillError `invalid-argument` where the value is no string, finite number, true, false or null.
 */
export function fixed<const Value extends Choice>(value: Value): FixedParameter<Value> {
  return checkedFixed('fixed', { value }) as FixedParameter<Value>;
}

/** What {@link fixed} makes, of fields that a file may hold; `at` stands before their names in messages. */
export function checkedFixed(source: string, { value }: Fields, at = ''): FixedParameter {
  return Object.freeze({ kind: 'fixed', value: checkedChoice(source, `${at}value`, value) });
}
