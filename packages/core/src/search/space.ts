import type { Parameters } from './parameter.ts';

/** What is searched. */
export interface Space<Given extends Parameters = Parameters> {
  readonly parameters: Given;
  /** The parameters, as `space` takes them. */
  toJSON(): Given;
}
