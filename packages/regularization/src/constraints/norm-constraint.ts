import { add, checkNumber, div, mul, type Expression, type Mask } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { normOver, tensorNormOver } from '../axes.ts';
import { axesOf, checkAxis, makeConstraint, type Constraint, type NormAxis } from './constraint.ts';

/** What all constraints of a norm take. */
export interface NormOptions {
  /** The axes that the norm sums over. @defaultValue 0 (Keras): for a dense kernel, what comes into each unit */
  axis?: NormAxis;
  /** Added to the norm that is divided by, above 0. @defaultValue 1e-7 (Keras) */
  epsilon?: number;
  /** Which weights it acts on. @defaultValue `kernelsOnly`: no biases, no norms */
  mask?: Mask;
}

interface NormConfig {
  readonly axis: NormAxis;
  readonly epsilon: number;
  readonly mask: Mask;
}

/** The norm that a group of weights must have, of the norm that it has: in symbols, and of tensors. */
export interface Desired {
  readonly symbols: (norm: Expression) => Expression | number;
  readonly tensors: (norm: tf.Tensor) => tf.Tensor | number;
}

/** `w · desired(‖w‖) / (ε + ‖w‖)`, as Keras has it: the ε makes every weight shorter by ε / ‖w‖. */
export function normConstraint(name: string, config: NormConfig, { symbols, tensors }: Desired): Constraint {
  const { axis, epsilon, mask } = config;
  checkAxis(name, axis);
  checkNumber(name, { epsilon }, { above: 0 });
  return makeConstraint({
    name,
    config: { ...config },
    mask,
    weights(w, { shape }) {
      const norm = normOver(w, axesOf(name, axis, shape));
      return mul(w, div(symbols(norm), add(norm, epsilon)));
    },
    apply(w) {
      const norm = tensorNormOver(w, axesOf(name, axis, w.shape));
      return tf.mul(w, tf.div(tensors(norm), tf.add(norm, epsilon)));
    },
  });
}
