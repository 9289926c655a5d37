import type { mySampler } from './my-sampler.ts';

export { mySampler, type MySamplerOptions } from './my-sampler.ts';

// So that TypeScript knows the options of factoryNamed('mySampler').
declare module '@downhill/core' {
  interface PluginFactories {
    readonly mySampler: typeof mySampler;
  }
}
