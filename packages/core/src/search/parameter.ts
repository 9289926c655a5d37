/** A value that a parameter can have. */
export type Choice = string | number | boolean | null;

/** Which values of other parameters, of those before it in the space, a conditional parameter is there for. */
export type Condition = Readonly<Record<string, readonly Choice[]>>;

/** Real numbers from `low` to `high`, both included. */
export interface FloatParameter {
  readonly kind: 'float';
  readonly low: number;
  readonly high: number;
  /** Evenly in the logarithm; then there is no step. */
  readonly log: boolean;
  /** Where given, only `low`, `low + step`, ... up to `high`. */
  readonly step?: number;
  readonly when?: Condition;
}

/** Whole numbers from `low` to `high`, both included. */
export interface IntParameter {
  readonly kind: 'int';
  readonly low: number;
  readonly high: number;
  /** Evenly in the logarithm; then the step is 1. */
  readonly log: boolean;
  readonly step: number;
  readonly when?: Condition;
}

/** One of a few values, which have no order. */
export interface CategoricalParameter<Value extends Choice = Choice> {
  readonly kind: 'categorical';
  readonly choices: readonly Value[];
  readonly when?: Condition;
}

/** Always the same value: a part of the settings that is not searched. */
export interface FixedParameter<Value extends Choice = Choice> {
  readonly kind: 'fixed';
  readonly value: Value;
  readonly when?: Condition;
}

/** One dimension of a space. It is plain JSON: what `float(...)` and its like make is also what a space's file holds. */
export type Parameter = FloatParameter | IntParameter | CategoricalParameter | FixedParameter;

/** The parameters of a space by name, in the order in which they are sampled. */
export type Parameters = Readonly<Record<string, Parameter>>;
