import { chain, mul, transform, type Transform } from '@downhill/core';
import { optimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import type { Problem } from './problems/problem.ts';
import { needsLoss, type Values } from './trial.ts';

/** How a transform is tried on a problem. */
export interface Attempt {
  /** In words, for a message. */
  readonly how: string;
  readonly transform: Transform;
}

/** The transform at a learning rate that is so many times its own at first, and 0 in the end. */
const scaled = (made: Transform, factor: number, steps: number): Transform =>
  chain(
    made,
    transform({
      name: 'conformanceScale',
      config: { factor },
      scalars: ({ step }) => ({ scale: factor * (1 - step / steps) }),
      update: (g, { scalars: { scale } }) => mul(g, scale),
    }),
  );

/** Those of a transform whose settings nobody knows: as it is, and at a few learning rates that fall to 0. */
export const atMultiples = function* (make: () => Transform, steps: number): Generator<Attempt> {
  yield { how: 'as it is', transform: make() };
  for (const factor of [1, 0.1, 10, 0.3, 3, 0.03, 0.01, 0.003, 100, 1000])
    yield { how: `with its learning rate times ${factor} falling to 0`, transform: scaled(make(), factor, steps) };
};

/** Those of a transform that says how it is made at a learning rate. */
export const atLearningRates = function* (make: (learningRate: number) => Transform): Generator<Attempt> {
  for (const rate of [0.1, 1, 0.01, 0.3, 0.03, 3, 10, 0.003, 0.001])
    yield { how: `with a learning rate of ${rate}`, transform: make(rate) };
};

/** What is left of the loss after the problem's steps. */
export function excessAfter(problem: Problem, { transform }: Attempt): number {
  const { shapes, start, steps } = problem;
  const variables = Object.entries(shapes).map(([name, shape]) =>
    tf.tidy(() => tf.variable(tf.tensor(start[name] ?? [], [...shape], 'float32'), true, `conformance/${name}`)),
  );
  const names = Object.keys(shapes);
  const valuesOf = (tensors: readonly tf.Tensor[]): Values =>
    Object.fromEntries(names.map((name, i) => [name, tensors[i]?.dataSync() as Float32Array]));
  const tensorsOf = (values: Values): tf.Tensor[] =>
    names.map((name) => tf.tensor(values[name] ?? [], [...(shapes[name] ?? [])], 'float32'));
  const tried = optimizer(transform);
  const takeStep = needsLoss(transform)
    ? (step: number): void => {
        const loss = tf.customGrad((...inputs) => {
          const { loss: value, gradients } = problem.evaluate(valuesOf(inputs as tf.Tensor[]), step);
          return { value: tf.scalar(value), gradFunc: () => tensorsOf(gradients) };
        });
        tried.minimize(() => loss(...variables), false, variables);
      }
    : (step: number): void => {
        tf.tidy(() => {
          const gradients = tensorsOf(problem.evaluate(valuesOf(variables), step).gradients);
          tried.applyGradients(Object.fromEntries(variables.map(({ name }, i) => [name, gradients[i] as tf.Tensor])));
        });
      };
  try {
    for (let step = 0; step < steps; step += 1) {
      takeStep(step);
      if (step % 50 === 0 && !Number.isFinite(problem.excess(valuesOf(variables)))) return Infinity;
    }
    const left = problem.excess(valuesOf(variables));
    return Number.isNaN(left) ? Infinity : left;
  } finally {
    tried.dispose();
    tf.dispose(variables);
  }
}
