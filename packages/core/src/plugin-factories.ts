import type { chain, everySteps, masked } from './chain.ts';
import type { Plugin } from './plugin.ts';
import type { controlled } from './schedule.ts';

/**
 * The factories whose names and options TypeScript knows, for `factoryNamed` and `build`. A package of plugins adds its own, for
 * whoever imports it:
 *
 *     declare module '@downhill/core' {
 *       interface PluginFactories {
 *         readonly tiger: typeof tiger;
 *       }
 *     }
 *
 * This is about types alone: `register` makes a factory known when the program runs.
 */
export interface PluginFactories {
  readonly chain: typeof chain;
  readonly controlled: typeof controlled;
  readonly everySteps: typeof everySteps;
  readonly masked: typeof masked;
}

/** The factories of plugins among what a module exports: `interface PluginFactories extends FactoriesIn<typeof module> {}` adds them all. */
export type FactoriesIn<Module> = {
  readonly [Name in keyof Module as Module[Name] extends (...options: never[]) => Plugin ? Name : never]: Module[Name];
};
