import { testTransform } from '@downhill/conformance';
import { chain, masked, schedule, type Transform } from '@downhill/core';
import { optimizer, type DownhillOptimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { onSurface, rosenbrock, type Surface } from '../../test/surfaces.ts';
import { useCpu } from '../../test/walk.ts';
import { sgd } from '../sgd.ts';
import { bfgs } from './bfgs.ts';
import { lbfgs } from './lbfgs.ts';
import { newton } from './newton.ts';

// With one iteration each step of the kit is the exact one, whatever the other parameters add to the loss and its rounding.
testTransform('newton', () => newton({ maxIterations: 1 }), { factories: { newton } });
testTransform('bfgs', () => bfgs(), { factories: { bfgs } });
testTransform('lbfgs', () => lbfgs({ historySize: 5 }), { factories: { lbfgs } });
testTransform('lbfgs', () => lbfgs({ maxIterations: 1, lineSearch: 'none', learningRate: 0.5 }), { factories: { lbfgs } });

const rules = Object.entries({ newton, bfgs, lbfgs });

/** ½ Σ kᵢ xᵢ², curvatures from 1 to 1000. */
const valley: Surface = (x) => {
  const curvatures = x.map((_, i) => 1000 ** (i / (x.length - 1)));
  return {
    loss: x.reduce((sum, value, i) => sum + (curvatures[i]! * value * value) / 2, 0),
    gradient: x.map((value, i) => curvatures[i]! * value),
  };
};

/** NaN beyond a radius of 2, and the minimum just within it. */
const edge: Surface = ([x = 0, y = 0]) => {
  const inside = x * x + y * y < 4;
  return {
    loss: inside ? 10 * ((x - 1.9) * (x - 1.9) + y * y) : Number.NaN,
    gradient: inside ? [20 * (x - 1.9), 20 * y] : [Number.NaN, 0],
  };
};

describe('newton', () => {
  beforeAll(useCpu);

  test('needs one step on a quadratic, however ill-conditioned', () => {
    onSurface(newton({ maxIterations: 1 }), valley, [1, -1, 1], ({ step, losses, weights }) => {
      step();
      expect(losses).toHaveLength(1 + 3 + 1); // the start, a difference for each weight, the step
      expect(valley(weights()).loss / losses[0]!).toBeLessThan(1e-8);
    });
    // In 1000 steps at its largest stable rate, 2 / 1000, gradient descent is left with (1 − 0.002)¹⁰⁰⁰ of the flattest direction.
    onSurface(sgd({ learningRate: 0.0019 }), valley, [1, -1, 1], ({ step, weights }) => {
      for (let t = 0; t < 1000; t++) step();
      expect(weights()[0]).toBeCloseTo(0.9981 ** 1000, 3);
    });
  });

  test('leaves a saddle along the direction that leads down', () => {
    const saddle: Surface = ([x = 0, y = 0]) => ({ loss: x * x - y * y + y ** 4 / 4, gradient: [2 * x, -2 * y + y ** 3] });
    onSurface(newton(), saddle, [0.5, 1e-3], ({ step, weights }) => {
      step();
      expect(saddle(weights()).loss).toBeCloseTo(-1, 5);
    });
  });

  test('measures the Hessian as often as it is told', () => {
    const evaluations = (hessianEvery: number): number =>
      onSurface(newton({ maxIterations: 4, hessianEvery }), rosenbrock, [-1.2, 1, -1.2, 1], ({ step, losses }) => {
        step();
        return losses.length;
      });
    expect(evaluations(1) - evaluations(4)).toBeGreaterThanOrEqual(3 * 4 - 2);
  });
});

describe.each(rules)('%s', (_, rule) => {
  beforeAll(useCpu);

  test('returns the loss that it saw first', () => {
    onSurface(rule(), rosenbrock, [-1.2, 1], ({ step, losses, weights }) => {
      step();
      expect(losses[0]).toBeCloseTo(24.2, 4);
      expect(rosenbrock(weights()).loss).toBeLessThan(4.2);
    });
  });

  test.each(['strongWolfe', 'backtracking', 'none'] as const)('never steps into NaN (%s)', (lineSearch) => {
    const loss = onSurface(rule({ lineSearch, learningRate: lineSearch === 'none' ? 0.3 : 1 }), edge, [-1.5, 0.5], ({ step, weights }) => {
      for (let t = 0; t < 5; t++) step();
      return edge(weights()).loss;
    });
    expect(loss).toBeLessThan(lineSearch === 'none' ? edge([-1.5, 0.5]).loss : 1e-6);
  });

  test('stays where nothing is lower, and its step length says so', async () => {
    const wrong: Surface = ([x = 0, y = 0]) => ({ loss: x * x + y * y, gradient: [-2 * x - 1, -2 * y] });
    const statistics = onSurface(rule(), wrong, [1, 1], ({ step, weights, optimizer: ours }) => {
      step();
      expect(weights()).toEqual([1, 1]);
      return ours.statistics();
    });
    expect((await statistics)['x0']).toEqual({ [`${rule().name}/stepLength`]: 0, nonFinite: 0 });
  });

  test('stays where the gradient is 0, and at a learning rate of 0', () => {
    onSurface(rule(), valley, [0, 0], ({ step, losses, weights }) => {
      step();
      expect([weights(), losses]).toEqual([[0, 0], [0]]);
    });
    const from2 = schedule({ name: 'from2', config: {}, at: (step) => (step < 2 ? 0 : 1) });
    onSurface(rule({ learningRate: from2 }), valley, [1, 1], ({ step, losses, weights }) => {
      step();
      step();
      expect([weights(), losses.length]).toEqual([[1, 1], 2]);
      step();
      expect(valley(weights()).loss).toBeLessThan(1e-3);
    });
  });

  test('hands a NaN on where it began with one, so that the step is reported, skipped or refused', async () => {
    const bad: Surface = () => ({ loss: 1, gradient: [Number.NaN, 1] });
    onSurface(rule(), bad, [1, 2], ({ step, weights }) => {
      step();
      expect(weights()).toEqual([Number.NaN, 2]);
    });
    onSurface(
      rule(),
      bad,
      [1, 2],
      ({ step, weights, optimizer: ours }) => {
        step();
        expect([weights(), ours.skippedSteps, ours.iterations]).toEqual([[1, 2], 1, 0]);
      },
      { options: { nonFinite: 'skip' } },
    );
    const lost: Surface = () => ({ loss: Number.NaN, gradient: [1, 1] });
    onSurface(rule(), lost, [1, 2], ({ step, weights }) => {
      step();
      expect(weights()).toEqual([1, 2]);
    });
  });

  test('goes the same way over variables that the weights are cut into', () => {
    const ends = [[4], [1, 3], [2, 1, 1]].map((cut) =>
      onSurface(
        rule({ maxIterations: 5 }),
        rosenbrock,
        [-1.2, 1, -1.2, 1],
        ({ step, weights }) => {
          for (let t = 0; t < 2; t++) step();
          return weights();
        },
        { cut },
      ),
    );
    expect(ends[1]).toEqual(ends[0]);
    expect(ends[2]).toEqual(ends[0]);
  });

  test('moves what its mask takes, and hands the gradients of the rest on', () => {
    const mixed = chain(masked(rule(), { names: ['x0'] }), masked(sgd({ learningRate: 0.001 }), { names: ['x1'] }));
    onSurface(
      mixed,
      valley,
      [1, 1],
      ({ step, weights }) => {
        step();
        expect(Math.abs(weights()[0]!)).toBeLessThan(1e-3);
        expect(weights()[1]).toBe(0);
      },
      { cut: [1, 1] },
    );
  });

  test('says what to call where the gradients were computed before', () => {
    const ours = optimizer(rule());
    expect(() => ours.applyGradients({})).toThrow(`${rule().name} evaluates the loss itself. Call minimize`);
    ours.dispose();
  });

  test.each([
    [{ learningRate: -1 }, '`learningRate` must be a finite number, at least 0, got -1'],
    [{ maxIterations: 0 }, '`maxIterations` must be a whole number, at least 1, got 0'],
    [{ maxIterations: 2.5 }, '`maxIterations` must be a whole number, at least 1, got 2.5'],
    [{ toleranceGradient: Number.NaN }, '`toleranceGradient` must be a finite number, at least 0, got NaN'],
    [{ toleranceChange: -1 }, '`toleranceChange` must be a finite number, at least 0, got -1'],
    [{ lineSearch: 'strong_wolfe' }, "`lineSearch` must be one of 'strongWolfe', 'backtracking', 'none', got \"strong_wolfe\""],
    [{ historysize: 3 }, 'has no option `historysize`'],
    [1, 'takes an object with some of learningRate, maxIterations'],
    [null, 'takes an object with some of learningRate, maxIterations'],
  ])('refuses %o', (options, message) => {
    expect(() => rule(options as never)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(`${rule().name}: ${message}`) }),
    );
  });
});

test.each([
  [() => lbfgs({ historySize: 0 }), '`historySize` must be a whole number, at least 1, got 0'],
  [() => lbfgs({ maxEvaluations: 0 }), '`maxEvaluations` must be a whole number, at least 1, got 0'],
  [() => bfgs({ maxEvaluations: 1.5 }), '`maxEvaluations` must be a whole number, at least 1, got 1.5'],
  [() => newton({ hessianEvery: 0 }), '`hessianEvery` must be a whole number, at least 1, got 0'],
])('%o is refused', (make, message) => {
  expect(make).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }));
});

test.each([
  [lbfgs({ maxIterations: 7 }), 8],
  [bfgs({ maxIterations: 1 }), 1],
  [lbfgs(), 25],
])('evaluations are limited to 1.25 times the iterations', (rule, most) => {
  expect((rule.config as { maxEvaluations: number }).maxEvaluations).toBe(most);
});

describe('what a quasi-Newton rule knows', () => {
  beforeAll(useCpu);

  /** Three short steps, then one more after what is done to the optimizer; the weights, by name. */
  async function resumed(
    rule: () => Transform,
    between: (ours: DownhillOptimizer) => Promise<DownhillOptimizer>,
    order: readonly string[],
  ): Promise<Record<string, number[]>> {
    const parts = { a: [-1.2], b: [1, -1.2, 1] };
    const made = Object.entries(parts).map(([name, values]) => tf.tidy(() => tf.variable(tf.tensor1d(values), true, name)));
    const [a, b] = made as [tf.Variable, tf.Variable];
    const loss = tf.customGrad((...inputs) => {
      const [first, second] = inputs as unknown as [tf.Tensor, tf.Tensor];
      const { loss: value, gradient } = rosenbrock([...first.dataSync(), ...second.dataSync()]);
      return { value: tf.scalar(value), gradFunc: () => [tf.tensor1d([gradient[0]!]), tf.tensor1d(gradient.slice(1))] };
    });
    let ours = optimizer(rule());
    const step = (variables: tf.Variable[]): void => void ours.minimize(() => loss(a, b) as tf.Scalar, false, variables);
    for (let t = 0; t < 3; t++) step(made);
    ours = await between(ours);
    step(order.map((name) => made.find((each) => each.name === name)!));
    const weights = Object.fromEntries(made.map((each) => [each.name, [...each.dataSync()]]));
    ours.dispose();
    tf.dispose(made);
    return weights;
  }

  const loaded = (rule: () => Transform) => async (ours: DownhillOptimizer) => {
    const again = optimizer(rule());
    await again.setWeights(await ours.getWeights());
    ours.dispose();
    return again;
  };
  const anew = (rule: () => Transform) => async (ours: DownhillOptimizer) => {
    ours.dispose();
    return Promise.resolve(optimizer(rule()));
  };
  const flat = (weights: Record<string, number[]>): number[] => [...weights['a']!, ...weights['b']!];

  test.each([
    ['bfgs', () => bfgs({ maxIterations: 3 })],
    ['lbfgs', () => lbfgs({ maxIterations: 3 })],
    ['lbfgs', () => lbfgs({ maxIterations: 3, lineSearch: 'none', learningRate: 0.3 })],
  ] as const)('belongs to the weights by name: loaded in another order, %s goes on', async (_, rule) => {
    const wanted = await resumed(rule, (ours) => Promise.resolve(ours), ['a', 'b']);
    expect(await resumed(rule, loaded(rule), ['a', 'b'])).toEqual(wanted);
    const other = flat(await resumed(rule, loaded(rule), ['b', 'a']));
    expect(other).toEqual(flat(wanted).map((value) => expect.closeTo(value, 3) as number)); // sums in another order
    const fresh = flat(await resumed(rule, anew(rule), ['a', 'b']));
    expect(Math.max(...fresh.map((value, i) => Math.abs(value - flat(wanted)[i]!)))).toBeGreaterThan(0.004);
  });

  test('is not mixed up with that of other weights', async () => {
    const rule = (): Transform => bfgs();
    await expect(resumed(rule, (ours) => Promise.resolve(ours), ['b'])).rejects.toThrow(
      expect.objectContaining({
        code: 'state-mismatch',
        message: expect.stringContaining('bfgs: it began with 4 weights, and now there are 3'),
      }),
    );
  });

  test.each([
    ['newton', newton, 2000],
    ['bfgs', bfgs, 5000],
  ] as const)('%s refuses more weights than a matrix of them is made for, and leaves nothing behind', (name, rule, most) => {
    const before = tf.memory().numTensors;
    const w = tf.tidy(() => tf.variable(tf.zeros([most + 1]), true, 'w'));
    const ours = optimizer(rule());
    expect(() => ours.minimize(() => tf.sum(w), false, [w])).toThrow(
      expect.objectContaining({
        code: 'unsupported',
        message: expect.stringContaining(
          `${name}: it keeps a matrix of all pairs of weights and takes at most ${most} of them, got ${most + 1}. Take lbfgs()`,
        ),
      }),
    );
    ours.dispose();
    w.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
