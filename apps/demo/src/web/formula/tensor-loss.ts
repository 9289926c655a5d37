import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // tfjs-core alone knows no gradients
import type { Formula, Operation } from './formula.ts';

type Operate = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

const OPERATIONS: Readonly<Record<Operation, Operate>> = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: tf.div,
  neg: (a) => tf.neg(a),
  pow: tf.pow,
  abs: (a) => tf.abs(a),
  cos: (a) => tf.cos(a),
  exp: (a) => tf.exp(a),
  log: (a) => tf.log(a),
  max: tf.maximum,
  min: tf.minimum,
  sin: (a) => tf.sin(a),
  sqrt: (a) => tf.sqrt(a),
  tan: (a) => tf.tan(a),
  tanh: (a) => tf.tanh(a),
};

/** Powers that need no logarithm: tfjs's gradient of a power takes one for the exponent too, though nobody asks for it. */
const isSquare = ({ operation, inputs }: Formula & { readonly kind: 'apply' }): boolean =>
  operation === 'pow' && inputs[1]?.kind === 'number' && inputs[1].value === 2;

function valueOf(formula: Formula, x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  if (formula.kind === 'number') return tf.scalar(formula.value);
  if (formula.kind === 'variable') return formula.name === 'x' ? x : y;
  const [first, second] = formula.inputs;
  if (first === undefined) throw new TypeError('an operation of nothing');
  const a = valueOf(first, x, y);
  if (isSquare(formula)) return tf.square(a);
  return OPERATIONS[formula.operation](a, second === undefined ? a : valueOf(second, x, y));
}

/** The formula's value at a tensor `[x, y]`, as operations that tfjs differentiates. */
export function tensorLoss(formula: Formula, weights: tf.Tensor): tf.Scalar {
  const [x, y] = tf.unstack(weights);
  if (x === undefined || y === undefined) throw new TypeError('a loss of two weights');
  return tf.reshape(valueOf(formula, x, y), []);
}
