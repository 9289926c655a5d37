/**
 * Learning from a teacher is a loss of `@downhill/training`, since ensembles teach too; here it stands beside the others.
 *
 * @example
 * const loss = distillation({ temperature: 4 });
 * const targets = withTeacher(tf.tensor1d([1], 'int32'), tf.tensor2d([[0, 3]]));
 * loss(targets, tf.zeros([1, 2])).shape; // [1]
 */
export { distillation, withTeacher, type DistillationOptions } from '@downhill/training';
