import {
  nearest,
  show,
  type CategoricalParameter,
  type FixedParameter,
  type FloatParameter,
  type IntParameter,
  type Parameter,
} from '@downhill/core';
import { checkedCategorical } from './categorical.ts';
import type { Fields } from './checked-range.ts';
import { checkedFixed } from './fixed.ts';
import { checkedFloat } from './float.ts';
import { checkedInt } from './int.ts';
import { refuse } from './refuse.ts';
import { checkedCondition, type ConditionInput } from './when.ts';

type Open<Given extends Parameter, Defaulted extends string> = Omit<Given, Defaulted | 'when'> & {
  readonly [Name in Defaulted & keyof Given]?: Given[Name];
} & { readonly when?: ConditionInput };

/** A parameter as a space's file may hold it: what has a default may be left out. */
export type ParameterInput =
  | Open<FloatParameter, 'log'>
  | Open<IntParameter, 'log' | 'step'>
  | Open<CategoricalParameter, never>
  | Open<FixedParameter, never>;

const kinds = {
  float: { fields: ['low', 'high', 'log', 'step'], check: checkedFloat },
  int: { fields: ['low', 'high', 'log', 'step'], check: checkedInt },
  categorical: { fields: ['choices'], check: checkedCategorical },
  fixed: { fields: ['value'], check: checkedFixed },
} as const satisfies Record<Parameter['kind'], object>;

/**
 * A parameter as its factory would make it, of what a space was given.
 *
 * @throws DownhillError `invalid-argument` where the factory would not make it, or it has a field that is not known.
 */
export function checkedParameter(source: string, name: string, given: unknown): Parameter {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    refuse(
      source,
      `\`${name}\` must be a parameter, got ${show(given)}`,
      'Write float(low, high), int(low, high), categorical([...]) or fixed(value).',
    );
  const { kind, when, ...fields } = given as Fields;
  const known = kindOf(source, name, kind);
  for (const field of Object.keys(fields)) checkField(source, name, field, [...known.fields, 'when']);
  const parameter = known.check(source, fields, `${name}.`);
  return when === undefined ? parameter : Object.freeze({ ...parameter, when: checkedCondition(source, `${name}.when`, when) });
}

function kindOf(source: string, name: string, kind: unknown): (typeof kinds)[Parameter['kind']] {
  if (typeof kind === 'string' && Object.hasOwn(kinds, kind)) return kinds[kind as Parameter['kind']];
  const near = nearest(String(kind), Object.keys(kinds));
  return refuse(
    source,
    `\`${name}.kind\` must be one of ${Object.keys(kinds).join(', ')}, got ${show(kind)}`,
    near === undefined ? undefined : `Did you mean '${near}'?`,
  );
}

function checkField(source: string, name: string, field: string, fields: readonly string[]): void {
  if (fields.includes(field)) return;
  const near = nearest(field, fields);
  refuse(
    source,
    `\`${name}\` has no field \`${field}\``,
    near === undefined ? `There are ${fields.join(', ')}.` : `Did you mean \`${near}\`?`,
  );
}
