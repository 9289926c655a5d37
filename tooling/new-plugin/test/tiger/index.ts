import type { tiger } from './tiger.ts';

export { tiger, type TigerOptions } from './tiger.ts';

// So that TypeScript knows the options of factoryNamed('tiger').
declare module '@downhill/core' {
  interface PluginFactories {
    readonly tiger: typeof tiger;
  }
}
