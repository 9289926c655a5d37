// @ts-expect-error it brings no types
import untyped from 'jstat';

/** What we use of jStat, which brings no types. */
interface JStat {
  mean(values: readonly number[]): number;
  /** @param sample Whether to divide by one less than the count. */
  stdev(values: readonly number[], sample: boolean): number;
  readonly studentt: {
    /** The value below which a share of Student's t distribution lies. */
    inv(share: number, degreesOfFreedom: number): number;
  };
}

export const jStat: JStat = (untyped as { readonly jStat: JStat }).jStat;
