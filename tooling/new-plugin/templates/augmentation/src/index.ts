import type { myAugmentation } from './my-augmentation.ts';

export { myAugmentation, type MyAugmentationOptions } from './my-augmentation.ts';

// So that TypeScript knows the options of factoryNamed('myAugmentation').
declare module '@downhill/core' {
  interface PluginFactories {
    readonly myAugmentation: typeof myAugmentation;
  }
}
