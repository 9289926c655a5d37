import { build, chain, controlled, everySteps, masked, register as registerFactories, type Factory } from '@downhill/core';
import { serialization } from '@tensorflow/tfjs-core';
import { DownhillOptimizer, loadWith } from './optimizer.ts';

/**
 * Makes factories known by name and this package's optimizer known to tfjs, so that `tf.loadLayersModel` builds a saved
 * optimizer again. `chain`, `everySteps`, `masked` and `controlled` are always known.
 *
 * @example
 * register({ nothing: () => chain() });
 * optimizer(chain()).getClassName(); // 'DownhillOptimizer'
 *
 * @throws DownhillError `name-taken` where another factory has a name.
 */
export function register(named: Readonly<Record<string, Factory>> = {}): void {
  registerFactories({ chain, controlled, everySteps, masked, ...named });
  loadWith(build);
  serialization.registerClass(DownhillOptimizer);
}
