import type { FactoriesIn } from '@downhill/core';
import type * as all from './index.ts';

/** Every factory of this package by name, for `factoryNamed` and `build` of `@downhill/core`. */
export interface OptimizerFactories extends FactoriesIn<typeof all> {}

declare module '@downhill/core' {
  interface PluginFactories extends OptimizerFactories {}
}
