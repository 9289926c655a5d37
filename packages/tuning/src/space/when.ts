import { show, type Choice, type Condition, type Parameter } from '@downhill/core';
import { checkedChoice } from './checked-choice.ts';
import { refuse } from './refuse.ts';

/** A {@link Condition} as it may be written: one value may stand without its list. */
export type ConditionInput = Readonly<Record<string, Choice | readonly Choice[]>>;

/**
 * A parameter that is there only where others, which come before it in the space, have one of the values named. Of several names all must agree.
 *
 * @example
 * const momentum = when({ optimizer: ['sgd', 'nesterov'] }, float(0, 0.99));
 * momentum.when; // { optimizer: ['sgd', 'nesterov'] }
 *
 * @throws DownhillError `invalid-argument` where the condition names nothing, or no values, or the parameter has a condition already.
 */
export function when<Given extends Parameter>(condition: ConditionInput, parameter: Given): Given & { readonly when: Condition } {
  if (parameter.when !== undefined)
    refuse('when', 'the parameter has a condition already', 'Name all that it depends on in one condition.');
  const conditional: Given & { readonly when: Condition } = { ...parameter, when: checkedCondition('when', 'condition', condition) };
  return Object.freeze(conditional);
}

/** A condition with its values in lists. @throws DownhillError `invalid-argument` where it names nothing, or no values. */
export function checkedCondition(source: string, name: string, condition: unknown): Condition {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition) || Object.keys(condition).length === 0)
    refuse(source, `\`${name}\` must name parameters and their values, got ${show(condition)}`, "Write { optimizer: 'sgd' }.");
  const entries = Object.entries(condition as Readonly<Record<string, unknown>>).map(([other, given]) => {
    const list = (Array.isArray(given) ? given : [given]) as readonly unknown[];
    if (list.length === 0) refuse(source, `\`${name}.${other}\` must have at least one value, got none`);
    return [other, Object.freeze(list.map((value) => checkedChoice(source, `${name}.${other}`, value)))] as const;
  });
  return Object.freeze(Object.fromEntries(entries));
}
