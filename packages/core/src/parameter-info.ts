/** What a rule may know of a parameter while it is traced: never its values. */
export interface ParameterInfo {
  readonly name: string;
  readonly shape: readonly number[];
}
