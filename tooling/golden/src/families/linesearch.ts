import type { Transform } from '@downhill/core';
import { exp, log } from '@downhill/core/math';
import { bfgs, lbfgs, newton } from '@downhill/optimizers';
import { optimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { openBackend } from '../backend.ts';
import { isFused, NotCovered, relativeError, type Backend, type Config, type Deviation, type Family } from '../family.ts';
import { translate } from '../mapping.ts';

/** The state after an outer step, which is one of ours. */
interface Expected {
  readonly x: readonly number[];
  readonly loss: number;
  /** From the first step on. */
  readonly func_evals: number;
}

interface Case {
  readonly config: Config;
  readonly expected: readonly Expected[];
  readonly float32_deviation_by_step: readonly number[];
  /** The first so many; after them a float32 run may take other decisions. */
  readonly steps_with_equal_func_evals_in_float32: number;
}

/** The format of `linesearch/<name>.json`. */
interface Problem {
  readonly problem: string;
  readonly definition: {
    readonly kind: string;
    readonly X?: readonly (readonly number[])[];
    readonly y?: readonly number[];
    readonly l2?: number;
  };
  readonly x0: readonly number[];
  readonly loss0: number;
  readonly cases: readonly Case[];
  /** Points to come to, by whatever way. */
  readonly scipy: readonly { readonly method: string; readonly f: number }[];
}

export const linesearch: Family = {
  name: 'linesearch',
  needsBackend: () => true,
  async replay(name, file, backend) {
    if (name !== 'lbfgs') throw new NotCovered(`no line search of '${name}'`);
    await openBackend(backend);
    const before = tf.memory().numTensors;
    const { problems } = file as { readonly problems: readonly Problem[] };
    const deviations = problems.flatMap((problem) => [
      ...problem.cases.flatMap((each, i) => replayCase(problem, each, `${problem.problem}, case ${i + 1}`, backend)),
      ...problem.scipy.map(({ method, f }) => endPoint(problem, method, f, backend)),
    ]);
    const left = tf.memory().numTensors - before;
    if (left !== 0) throw new Error(`the replay left ${left} tensors`);
    return deviations;
  },
};

interface Value {
  readonly loss: number;
  readonly gradient: readonly number[];
}

/** Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)² */
function rosenbrock(x: readonly number[]): Value {
  const at = (values: readonly number[], i: number): number => values[i] ?? 0;
  const offs = x.slice(1).map((next, i) => next - at(x, i) * at(x, i));
  const rests = x.slice(1).map((_, i) => 1 - at(x, i));
  return {
    loss: offs.reduce((sum, off, i) => sum + 100 * off * off + at(rests, i) * at(rests, i), 0),
    gradient: x.map((value, i) => 200 * at(offs, i - 1) - 400 * value * at(offs, i) - 2 * at(rests, i)),
  };
}

/** mean(softplus(z) − y z) + ½ l2 ‖w‖², z = X w */
function logistic(w: readonly number[], X: readonly (readonly number[])[], y: readonly number[], l2: number): Value {
  let loss = (l2 / 2) * w.reduce((sum, value) => sum + value * value, 0);
  const gradient = w.map((value) => l2 * value);
  X.forEach((row, k) => {
    const z = row.reduce((sum, value, i) => sum + value * (w[i] ?? 0), 0);
    const target = y[k] ?? 0;
    loss += (Math.max(z, 0) + log(1 + exp(-Math.abs(z))) - target * z) / X.length;
    row.forEach((value, i) => (gradient[i] = (gradient[i] ?? 0) + ((1 / (1 + exp(-z)) - target) * value) / X.length));
  });
  return { loss, gradient };
}

function valueOf({ definition: { kind, X, y, l2 } }: Problem): (x: readonly number[]) => Value {
  if (kind === 'rosenbrock') return rosenbrock;
  if (kind !== 'logistic_ridge' || X === undefined || y === undefined || l2 === undefined)
    throw new NotCovered(`no problem of the kind '${kind}'`);
  return (w) => logistic(w, X, y, l2);
}

/** The problem in float64, rounded where it becomes a tensor: what is replayed is the optimizer, and not a backend's softplus. */
function lossOf(problem: Problem): (x: tf.Tensor) => tf.Scalar {
  const value = valueOf(problem);
  const loss = tf.customGrad((x) => {
    const seen = value([...(x as tf.Tensor).dataSync()]);
    return { value: tf.scalar(seen.loss), gradFunc: () => tf.tensor1d([...seen.gradient]) };
  });
  return (x) => loss(x);
}

interface Walker {
  step(): void;
  readonly evaluations: number;
  readonly x: readonly number[];
  /** The loss there, not counted. */
  readonly loss: number;
}

/** Runs `body` with an optimizer of the problem, and leaves nothing behind. */
function walking<T>(problem: Problem, rule: Transform, backend: Backend, body: (walker: Walker) => T): T {
  const loss = lossOf(problem);
  const x = tf.tidy(() => tf.variable(tf.tensor1d([...problem.x0]), true, 'x'));
  const ours = optimizer(rule, { execution: isFused(backend) ? 'fused' : 'ops' });
  let evaluations = 0;
  const look = (): tf.Scalar => {
    evaluations += 1;
    return tf.tidy(() => loss(x));
  };
  try {
    return body({
      step: () => void ours.minimize(look, false, [x]),
      get evaluations() {
        return evaluations;
      },
      get x() {
        return [...x.dataSync()];
      },
      get loss() {
        return tf.tidy(() => loss(x).dataSync()[0] ?? Number.NaN);
      },
    });
  } finally {
    ours.dispose();
    x.dispose();
  }
}

/** Looks that a float32 run may have more or less: "a few". */
const FEW = 3;

/** How far two float32 runs may be apart, in deviations of one from float64: the README's 10, and 3 for ours, which has its own rounding. */
const PATHS = 30;

function replayCase(problem: Problem, { config, expected, ...float32 }: Case, where: string, backend: Backend): readonly Deviation[] {
  const near = float32.steps_with_equal_func_evals_in_float32;
  return walking(problem, lbfgs(optionsOf(config)), backend, (walker) =>
    expected.flatMap(({ x, loss, func_evals }, t) => {
      walker.step();
      const at = `${where}, step ${t}`;
      const deviation = float32.float32_deviation_by_step[t] ?? Number.NaN;
      if (t < near)
        return [
          { error: relativeError(walker.x, x), tolerance: Math.max(1e-4, PATHS * deviation), where: at },
          { error: Math.abs(walker.evaluations - func_evals), tolerance: FEW, where: `${at}, evaluations` },
        ];
      if (t < expected.length - 1) return [];
      // The way is another by now: what counts is how far down it led.
      const tolerance = Math.max(1e-7, (PATHS * deviation * loss) / problem.loss0);
      return [{ error: Math.max(0, walker.loss - loss) / problem.loss0, tolerance, where: `${at}, loss` }];
    }),
  );
}

const SEARCHES: Readonly<Record<string, string>> = { strong_wolfe: 'strongWolfe', null: 'none' };

function optionsOf({ line_search_fn: search, max_eval: most, ...config }: Config): Parameters<typeof lbfgs>[0] {
  const lineSearch = SEARCHES[String(search)];
  if (lineSearch === undefined) throw new NotCovered(`no line search '${String(search)}'`);
  const names = {
    lr: 'learningRate',
    max_iter: 'maxIterations',
    tolerance_grad: 'toleranceGradient',
    tolerance_change: 'toleranceChange',
    history_size: 'historySize',
  };
  return { ...translate(names, config), lineSearch, ...(most === null ? {} : { maxEvaluations: most }) } as Parameters<typeof lbfgs>[0];
}

const METHODS: Readonly<Record<string, () => Transform>> = { BFGS: bfgs, 'L-BFGS-B': lbfgs, 'Newton-CG': newton };

/** Our rule of a method comes as low as SciPy's did. */
function endPoint(problem: Problem, method: string, f: number, backend: Backend): Deviation {
  const rule = METHODS[method];
  if (rule === undefined) throw new NotCovered(`no method '${method}'`);
  return walking(problem, rule(), backend, (walker) => {
    while (walker.evaluations < 200 && walker.loss > f + 1e-6) walker.step();
    return { error: Math.max(0, walker.loss - f), tolerance: 1e-6, where: `${problem.problem}, ${method} of SciPy` };
  });
}
