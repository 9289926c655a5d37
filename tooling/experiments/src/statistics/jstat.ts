import { createRequire } from 'node:module';

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

const require = createRequire(import.meta.url);

export const { jStat } = require('jstat') as { readonly jStat: JStat };
