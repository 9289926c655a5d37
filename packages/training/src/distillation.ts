import { checkNumber, DownhillError } from '@downhill/core';
import { classTargets, softTargetCrossEntropy } from '@downhill/tfjs';
import { add, concat, div, logSoftmax, mul, softmax, split, sum, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Loss } from './losses.ts';

/** Options of {@link distillation}. */
export interface DistillationOptions {
  /** Softens teacher and student, above 0. @defaultValue 3 (Keras's example "Knowledge distillation"; Hinton et al. 2015 try 1 to 20) */
  readonly temperature?: number;
  /** The teacher's share of the loss, in [0, 1]; the labels' is the rest. @defaultValue 0.9 (Hinton et al. 2015, section 2: "considerably lower weight" for the labels) */
  readonly alpha?: number;
  /** Whether the predictions hold the logits twice, side by side, as `model.fit` needs it. @defaultValue false */
  readonly doubled?: boolean;
}

/**
 * Learns from labels and from a teacher's logits. One value an example.
 *
 *     loss = α T² KL(softmax(teacher / T) ‖ softmax(z / T)) − (1 − α) Σₖ yₖ log softmax(z)ₖ
 *
 * Hinton et al. 2015, section 2 (arXiv:1503.02531). The targets are {@link withTeacher}: labels and the teacher's logits in one row of twice
 * the classes. Nothing is learned by the teacher.
 *
 * `model.fit` refuses targets of another shape than the predictions. For it give the student's logits twice, and compile with `doubled: true`:
 *
 *     const [z] = student.outputs;
 *     const twice = tf.model({ inputs: student.inputs, outputs: tf.layers.concatenate().apply([z, z]) });
 *
 * Both models have the same weights.
 *
 * @example
 * const loss = distillation({ temperature: 4 });
 * const targets = withTeacher(tf.tensor1d([1], 'int32'), tf.tensor2d([[0, 3]]));
 * loss(targets, tf.zeros([1, 2])).shape; // [1]
 *
 * @throws DownhillError `invalid-argument` for options out of range; the loss throws `shape-mismatch` where the targets are not rows of
 * twice the classes.
 */
export function distillation({ temperature = 3, alpha = 0.9, doubled = false }: DistillationOptions = {}): Loss {
  checkNumber('distillation', { temperature }, { above: 0 });
  checkNumber('distillation', { alpha }, { min: 0, max: 1 });
  return (ys, predictions) =>
    tidy(() => {
      const logits = doubled ? firstHalf(predictions) : predictions;
      const both = [...logits.shape.slice(0, -1), 2 * (logits.shape.at(-1) ?? 0)];
      if (ys.shape.join() !== both.join())
        throw mismatch(
          `\`ys\` must hold labels and teacher's logits [${both.join(', ')}]`,
          ys,
          'withTeacher(labels, teacherLogits) makes them.',
        );
      const [labels, teacher] = split(ys, 2, -1) as [Tensor, Tensor];
      const softened = div(teacher, temperature);
      const expected = softmax(softened);
      // KL(q‖p) = cross-entropy(q, p) − H(q); H does not depend on the student.
      const fromTeacher = add(softTargetCrossEntropy(expected, div(logits, temperature)), sum(mul(expected, logSoftmax(softened)), -1));
      return add(mul(alpha * temperature * temperature, fromTeacher), mul(1 - alpha, softTargetCrossEntropy(labels, logits)));
    });
}

function firstHalf(predictions: Tensor): Tensor {
  if ((predictions.shape.at(-1) ?? 1) % 2 === 0) return split(predictions, 2, -1)[0] as Tensor;
  throw mismatch('the predictions must hold the logits twice', predictions, 'Leave `doubled` out where they are there once.');
}

/**
 * Targets for {@link distillation}: the labels' rows and the teacher's logits side by side, `[..., 2 classes]`.
 *
 * @example
 * const targets = withTeacher(tf.tensor1d([1], 'int32'), tf.tensor2d([[0, 3]]));
 * targets.dataSync(); // new Float32Array([0, 1, 0, 3])
 *
 * @throws DownhillError `shape-mismatch` where the labels are neither class numbers nor rows like the teacher's.
 */
export function withTeacher(labels: Tensor, teacherLogits: Tensor): Tensor {
  return tidy(() => concat([classTargets('withTeacher', labels, teacherLogits), teacherLogits], -1));
}

function mismatch(problem: string, got: Tensor, advice: string): DownhillError {
  return new DownhillError({
    code: 'shape-mismatch',
    source: 'distillation',
    problem: `${problem}, got [${got.shape.join(', ')}]`,
    advice,
  });
}
