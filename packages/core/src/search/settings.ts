import type { CategoricalParameter, Choice, Condition, FixedParameter, Parameter, Parameters } from './parameter.ts';

/** Sampled values by the name of their parameter; a conditional parameter that is not there has none. */
export type Settings = Readonly<Record<string, Choice>>;

type ValueOf<Given extends Parameter> =
  Given extends CategoricalParameter<infer Value> ? Value : Given extends FixedParameter<infer Value> ? Value : number;

type Conditional<Given extends Parameters> = {
  [Name in keyof Given]: Given[Name] extends { readonly when: Condition } ? Name : never;
}[keyof Given];

/** The settings that a space gives: a number for `float` and `int`, the choices for `categorical`, and perhaps nothing for `when`. */
export type SettingsOf<Given extends Parameters> = {
  readonly [Name in Exclude<keyof Given, Conditional<Given>>]: ValueOf<Given[Name]>;
} & {
  readonly [Name in Conditional<Given>]?: ValueOf<Given[Name]>;
};
