import { serialization } from '@tensorflow/tfjs-core';
import { constraintClasses } from './constraints/clip-weights-constraint.ts';
import { ActivityRegularization } from './penalties/activity-regularization.ts';
import { regularizerClasses } from './penalties/regularizers.ts';

export { clipWeightsConstraint, type LayersConstraint } from './constraints/clip-weights-constraint.ts';
export { constraintsOf } from './constraints/constraints-of.ts';
export { ActivityRegularization, type ActivityRegularizationConfig } from './penalties/activity-regularization.ts';
export { penaltiesOf } from './penalties/penalties-of.ts';
export { groupLassoRegularizer, orthogonalRegularizer, type LayersRegularizer } from './penalties/regularizers.ts';

/**
 * Makes this package's layers, regularizers and constraints known to tfjs, so that `tf.loadLayersModel` builds them again.
 *
 * @example
 * registerLayers();
 * tf.serialization.SerializationMap.getMap().classNameMap['GroupLasso'] !== undefined; // true
 */
export function registerLayers(): void {
  const classes: readonly unknown[] = [ActivityRegularization, ...constraintClasses(), ...regularizerClasses()];
  for (const each of classes) serialization.registerClass(each as serialization.SerializableConstructor<serialization.Serializable>);
}
