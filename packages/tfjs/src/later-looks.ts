import * as tf from '@tensorflow/tfjs-core';
import { keepsOnce } from './internals/keeps-once.ts';

/**
 * Runs the looks at the loss of one step so that all begin alike and only the first leaves something behind: a training forward moves the statistics of
 * batch normalization and the vector of a spectral norm, and keeps the metrics of `fit`.
 *
 * @param variables Those that a look may change: all but the ones that the step trains.
 */
export function onlyFirstLeaves(variables: readonly tf.Variable[]): <T>(look: () => T) => T {
  const begin = variables.map((variable) => ({ variable, value: tf.clone(variable) }));
  const once = keepsOnce();
  let looks = 0;
  return (look) => {
    looks += 1;
    if (looks === 1) return once(look);
    const left = begin.map(({ variable, value }) => ({ variable, value: holds(variable, value) ? value : tf.clone(variable) }));
    putBack(begin);
    try {
      return once(look);
    } finally {
      putBack(left);
    }
  };
}

const holds = (variable: tf.Variable, value: tf.Tensor): boolean => variable.dataId === value.dataId;

function putBack(values: readonly { readonly variable: tf.Variable; readonly value: tf.Tensor }[]): void {
  for (const { variable, value } of values) if (!holds(variable, value)) variable.assign(value);
}
