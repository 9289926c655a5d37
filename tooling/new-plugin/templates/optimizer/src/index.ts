import type { myOptimizer } from './my-optimizer.ts';

export { myOptimizer, type MyOptimizerOptions } from './my-optimizer.ts';

// So that TypeScript knows the options of factoryNamed('myOptimizer').
declare module '@downhill/core' {
  interface PluginFactories {
    readonly myOptimizer: typeof myOptimizer;
  }
}
