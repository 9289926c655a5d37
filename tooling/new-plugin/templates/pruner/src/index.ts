import type { myPruner } from './my-pruner.ts';

export { myPruner, type MyPrunerOptions } from './my-pruner.ts';

// So that TypeScript knows the options of factoryNamed('myPruner').
declare module '@downhill/core' {
  interface PluginFactories {
    readonly myPruner: typeof myPruner;
  }
}
