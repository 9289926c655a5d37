import {
  abs,
  checkNumber,
  clamp,
  div,
  less,
  lerp,
  mul,
  neg,
  select,
  square,
  transform,
  zeros,
  type Expression,
  type Transform,
  type TransformPart,
} from '@downhill/core';
import { register } from '@downhill/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { modelChecks } from './model-checks.ts';
import { problemChecks } from './problem-checks.ts';
import { testTransform } from './test-transform.ts';
import { transformChecks } from './transform-checks.ts';
import type { Place } from './trial.ts';

function memory({ share }: { share: number }): Transform {
  checkNumber('memory', { share }, { min: 0, below: 1 });
  return transform({
    name: 'memory',
    config: { share },
    slots: { m: zeros },
    update(g, { slots }) {
      const m = lerp(g, slots.m, share);
      return { update: m, slots: { m } };
    },
  });
}

testTransform('memory', () => memory({ share: 0.75 }), { factories: { memory } });

/** The same on whole tensors. */
function memoryOfMatrices(): Transform {
  return transform<'m', never, tf.Tensor>({
    name: 'memoryOfMatrices',
    config: {},
    slots: { m: zeros },
    matrix(g, { slots }) {
      const m = tf.add(tf.mul(slots.m, 0.75), tf.mul(g, 0.25));
      return { update: m, slots: { m } };
    },
  });
}

testTransform('memoryOfMatrices', memoryOfMatrices, { factories: { memoryOfMatrices } });

/** A rule that looks at the loss half a step ahead. */
function glance(): Transform {
  return transform<never, never, tf.Tensor>({
    name: 'glance',
    config: {},
    cannotSolve: ['noisyRegression'], // half a gradient ahead is too far there
    gradients({ evaluate, parameters, setWeight, weight }) {
      const { gradients } = evaluate();
      for (const { name } of parameters)
        if (gradients[name] !== undefined) setWeight(name, tf.sub(weight(name), tf.mul(gradients[name], 0.5)));
      return evaluate().gradients;
    },
    update: (g) => mul(g, 0.5),
  });
}

testTransform('glance', glance, { factories: { glance } });

const onKernels = (): Transform => transform({ name: 'onKernels', config: {}, update: (g) => mul(g, 0.5) });

/** A part that is made of getters: a copy of it is empty. */
class Uncopied implements TransformPart {
  readonly #rule = onKernels().parts[0]!.rule;
  get path(): string {
    return 'uncopied';
  }
  get rule(): TransformPart['rule'] {
    return this.#rule;
  }
  get masks(): TransformPart['masks'] {
    return [];
  }
}

interface Broken {
  readonly fault: string;
  /** The check that must find it. */
  readonly check: string;
  /** What its message must say. */
  readonly says: string | RegExp;
  /** Makes the factory of the broken transform; a fault that remembers starts anew. */
  readonly broken: () => (options?: { rate: number }) => Transform;
  readonly place?: Place;
}

type Rule = Parameters<typeof transform<'m', 'k', tf.Tensor>>[0];

/** Does nothing with small gradients. */
const coarse = (g: Expression): Expression => select(less(abs(g), 0.05), 0, g);

/** A factory of a rule that is right but for one thing. */
const rule = (fault: Partial<Rule>) => (): Transform => transform<'m', 'k', tf.Tensor>({ name: 'broken', config: {}, ...fault } as Rule);

const sources: readonly Broken[] = [
  {
    fault: 'an object that is not frozen',
    check: 'is a frozen transform',
    says: 'frozen',
    broken: () => () => ({ ...rule({ update: (g) => g })() }),
  },
  {
    fault: 'another name than the factory’s',
    check: 'is a frozen transform',
    says: 'its name',
    broken: () => rule({ name: 'other', update: (g) => g }),
  },
  {
    fault: 'an update of another shape',
    check: 'keeps the shapes',
    says: "the update of 'conformance/kernel' must be float32 [5,7], got float32 [35]",
    broken: () => rule({ matrix: (g) => ({ update: tf.reshape(g, [-1]) }) }),
  },
  {
    fault: 'a slot of another type',
    check: 'keeps the shapes',
    says: "the slot 'm' of 'conformance/kernel' must be float32 [5,7], got int32 [5,7]",
    broken: () => rule({ slots: { m: zeros }, matrix: (g) => ({ update: g, slots: { m: tf.cast(g, 'int32') } }) }),
  },
  {
    fault: 'a step counted from the wrong end',
    check: 'computes finite numbers at every step',
    says: "'broken/k' is Infinity at step 1000",
    broken: () => rule({ scalars: ({ step }) => ({ k: 1 / (1000 - step) }), update: (g, { scalars }) => mul(g, scalars.k) }),
  },
  {
    fault: 'a step counted from 0 where the equation counts from 1',
    check: 'takes its first step to finite weights',
    says: 'after step 0, for which t = 1',
    broken: () => rule({ scalars: ({ step }) => ({ k: 1 - 0.5 ** step }), update: (g, { scalars }) => div(g, scalars.k) }),
  },
  {
    fault: 'a way uphill',
    check: 'comes down a convex quadratic',
    says: /broken, from 48.9 above the minimum, comes in 200 steps as it is to .*; not to 1.47. Give it settings/,
    broken: () => rule({ update: (g) => neg(g) }),
  },
  {
    fault: 'a stop where the slope is low',
    check: 'goes along the Rosenbrock valley',
    says: "cannotSolve: ['rosenbrock']",
    broken: () => rule({ update: coarse }),
  },
  {
    fault: 'a stop where the slope is low, on a saddle',
    check: 'leaves a saddle',
    says: "cannotSolve: ['saddle']",
    broken: () => rule({ update: coarse }),
  },
  {
    fault: 'a single step',
    check: 'fits a noisy regression',
    says: "cannotSolve: ['noisyRegression']",
    broken: () => rule({ scalars: ({ step }) => ({ k: step === 0 ? 0.1 : 0 }), update: (g, { scalars }) => mul(g, scalars.k) }),
  },
  {
    fault: 'weights held near 0',
    check: 'learns real digits',
    says: "cannotSolve: ['digits']",
    broken: () => rule({ update: (g) => g, weights: (next) => clamp(next, -0.01, 0.01) }),
  },
  {
    fault: 'a tensor kept at each step of model.fit',
    check: 'works in model.fit',
    says: 'tensors after one more epoch',
    broken: () =>
      rule({
        matrix(g) {
          tf.keep(tf.zeros([1]));
          return { update: g };
        },
      }),
  },
  {
    fault: 'numbers that are not finite, in model.fit',
    check: 'works in model.fit',
    says: 'that are not finite',
    broken: () => rule({ update: (g) => div(g, 0) }),
  },
  {
    fault: 'state that a saved model does not hold',
    check: 'goes on with the same bits after its model was saved and loaded',
    says: 'of a model that was loaded, against one that was not',
    broken: () => () => {
      const last = new Map<string, Float32Array>();
      return rule({
        matrix(g, { info: { name } }) {
          const update = (g.dataSync() as Float32Array).map((x, i) => x + 0.5 * (last.get(name)?.[i] ?? 0));
          last.set(name, update);
          return { update: tf.tensor(update, g.shape) };
        },
      })();
    },
  },
  {
    fault: 'a number that counts the calls',
    check: 'gives the same bits when run again',
    says: 'a second run',
    broken: () =>
      rule({
        scalars: (
          (calls = 0) =>
          () => ({ k: ++calls })
        )(),
        update: (g, { scalars }) => mul(g, scalars.k),
      }),
  },
  {
    fault: 'state that two optimizers share',
    check: 'gives the same bits when run again',
    says: /a (second run|run of a transform that was used before|run beside another)/,
    broken() {
      const sums = new Map<string, Float32Array>();
      return rule({
        matrix(g, { info: { shape } }) {
          const sum = (g.dataSync() as Float32Array).map((x, i) => x + (sums.get(String(shape))?.[i] ?? 0));
          sums.set(String(shape), sum);
          return { update: tf.tensor(sum, g.shape) };
        },
      });
    },
  },
  {
    fault: 'a config that leaves an option out',
    check: 'writes itself as JSON',
    says: 'a run of what was built',
    broken: () => (options) => rule({ update: (g) => mul(g, options?.rate ?? 0.25) })(),
  },
  {
    fault: 'state that is no slot',
    check: 'goes on with the same bits',
    says: 'saved and loaded after 3 of 6 steps',
    broken() {
      // Each transform has its own, kept by step, so that runs can be told apart.
      return () => {
        let velocities = new Map<string, Float32Array>();
        let step = -1;
        return rule({
          scalars(info) {
            if (info.step < step) velocities = new Map();
            step = info.step;
            return { k: 1 };
          },
          matrix(g, { info: { name } }) {
            const velocity = (g.dataSync() as Float32Array).map((x, i) => x + 0.5 * (velocities.get(name)?.[i] ?? 0));
            velocities.set(name, velocity);
            return { update: tf.tensor(velocity, g.shape) };
          },
        })();
      };
    },
  },
  {
    fault: 'one state for all of its kind in a chain',
    check: 'keeps the state of two of it in a chain apart',
    says: 'saved and loaded after 3 of 6 steps',
    broken() {
      const last = new Map<string, Float32Array>();
      return rule({
        matrix(g, { info: { name } }) {
          const values = g.dataSync() as Float32Array;
          const update = values.map((x, i) => x + 0.5 * (last.get(name)?.[i] ?? 0));
          last.set(name, Float32Array.from(values));
          return { update: tf.tensor(update, g.shape) };
        },
      });
    },
  },
  {
    fault: 'a tensor kept at each step',
    check: 'leaks nothing over steps',
    says: 'tensors after 6 steps',
    broken: () =>
      rule({
        matrix(g) {
          tf.keep(tf.zeros([1]));
          return { update: g };
        },
      }),
  },
  {
    fault: 'a tensor kept for good',
    check: 'leaks nothing over steps',
    says: 'tensors after dispose',
    broken() {
      let kept: tf.Tensor | undefined;
      return rule({
        matrix(g) {
          if (kept === undefined || kept.isDisposed) kept = tf.keep(tf.scalar(0.5));
          return { update: tf.mul(g, kept) };
        },
      });
    },
  },
  {
    fault: 'a tensor kept when the loss throws',
    check: 'changes nothing and leaks nothing in a step that throws',
    says: 'tensors',
    broken: () =>
      rule({
        gradients({ evaluate, parameters, weight }) {
          const copy = tf.keep(tf.clone(weight(parameters[0]!.name)));
          const { gradients } = evaluate();
          copy.dispose();
          return gradients;
        },
        update: (g) => g,
      }),
  },
  {
    fault: 'a gradient made up for a parameter that has none',
    check: 'leaves a parameter without a gradient alone',
    says: 'weights without a gradient',
    broken: () =>
      rule({
        gradients({ evaluate, parameters, weight }) {
          const { gradients } = evaluate();
          return Object.fromEntries(parameters.map(({ name }) => [name, gradients[name] ?? tf.onesLike(weight(name))]));
        },
        update: (g) => g,
      }),
  },
  {
    fault: '0 / 0',
    check: 'keeps weights finite with gradients of 0',
    says: 'not finite',
    broken: () => rule({ update: (g) => div(g, abs(g)) }),
  },
  {
    fault: 'an overflow',
    check: 'keeps weights finite with huge gradients (1e30)',
    says: 'not finite',
    broken: () => rule({ update: (g) => square(g) }),
  },
  {
    fault: 'a division by what has vanished',
    check: 'keeps weights finite with tiny gradients (1e-30)',
    says: 'not finite',
    broken: () => rule({ update: (g) => div(1, square(g)) }),
  },
  {
    fault: 'a number taken from the backend',
    check: 'agrees with tfjs’s own operations',
    says: 'a run here',
    place: { backend: 'wasm', execution: 'fused' },
    broken: () => rule({ matrix: (g) => ({ update: tf.mul(g, tf.getBackend() === 'wasm' ? 1.00001 : 1) }) }),
  },
  {
    fault: 'a part that cannot be copied',
    check: 'gives the same bits in a chain',
    says: /./,
    broken: () => () => Object.freeze({ ...onKernels(), name: 'broken', parts: Object.freeze([new Uncopied()]) }),
  },
  {
    fault: 'other parameters moved than those of the mask',
    check: 'acts where its mask takes',
    says: 'what the mask leaves out',
    broken: () =>
      rule({
        gradients({ evaluate, setWeight, weight }) {
          const bias = 'conformance/bias';
          const first = evaluate();
          if (first.gradients[bias] !== undefined) setWeight(bias, tf.add(weight(bias), 1));
          return evaluate().gradients;
        },
        update: (g) => mul(g, 0.5),
      }),
  },
  {
    fault: 'a weight written in place',
    check: 'changes nothing else',
    says: 'a clone, held across a step',
    broken: () =>
      rule({
        matrix(g, { parameter }) {
          parameter.dataSync()[0]! += 1;
          return { update: g };
        },
      }),
  },
  {
    fault: 'a gradient written in place',
    check: 'changes nothing else',
    says: 'a gradient, held across a step',
    broken: () =>
      rule({
        matrix(g) {
          g.dataSync()[0]! += 1;
          return { update: g };
        },
      }),
  },
  {
    fault: 'a bad number that is taken in silence',
    check: 'refuses a bad number',
    says: 'broken with rate = NaN must throw a DownhillError, got undefined',
    broken: () => (options) => rule({ config: { rate: options?.rate ?? 0.5 }, update: (g) => mul(g, 0.5) })(),
  },
  {
    fault: 'an error that does not name the argument',
    check: 'refuses a bad number',
    says: '`rate`',
    broken: () => (options) => {
      checkNumber('broken', { number: options?.rate ?? 0.5 });
      return rule({ config: { rate: 0.5 }, update: (g) => mul(g, 0.5) })();
    },
  },
];

// One name for all: what is registered under it is the factory that a test sets.
let factory: Broken['broken'] extends () => infer Factory ? Factory : never;
const standIn = (options?: { rate: number }): Transform => factory(options);

describe('testTransform finds', () => {
  beforeAll(() => register({ broken: standIn }));

  test.each(sources)('$fault', async ({ check, says, broken, place = { backend: 'cpu', execution: 'fused' } }) => {
    factory = broken();
    const make = (): Transform => factory({ rate: 0.5 });
    const checks = { ...transformChecks('broken', make, place), ...problemChecks('broken', make, {}), ...modelChecks(make) };
    const found = Object.entries(checks).find(([title]) => title.startsWith(check));
    const error = await found![1]().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error, `the check '${check}' must fail`).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(says);
  });
});

describe('testTransform', () => {
  const titles = (make: () => Transform): string[] => Object.keys(transformChecks('x', make, { backend: 'cpu', execution: 'fused' }));
  const finite = (make: () => Transform): string[] => titles(make).filter((title) => title.startsWith('keeps weights finite'));

  test('leaves out what a rule declares that it cannot take', () => {
    expect(finite(rule({ update: (g) => g }))).toHaveLength(3);
    expect(finite(rule({ update: (g) => square(g), cannotTake: ['huge'] }))).toEqual([
      'keeps weights finite with gradients of 0',
      'keeps weights finite with tiny gradients (1e-30)',
    ]);
  });

  test('leaves out the problems that a rule declares that it cannot solve, and all of them', () => {
    const asked = (fault: Partial<Rule>): string[] => Object.keys(problemChecks('x', rule({ update: (g) => g, ...fault }), {}));
    expect(asked({})).toHaveLength(5);
    expect(asked({ cannotSolve: ['saddle', 'digits'] })).toEqual(asked({}).filter((title) => !/saddle|digits/.test(title)));
    expect(asked({ cannotSolve: 'any' })).toEqual([]);
  });

  test('takes settings for a problem, and then tries no others', async () => {
    const [uphill, downhill] = [rule({ update: (g) => neg(g) }), rule({ update: (g) => g })];
    const quadratic = (make: () => Transform): Promise<void> =>
      problemChecks('broken', downhill, { quadratic: make })['comes down a convex quadratic with a condition number of 1000']!();
    await expect(quadratic(downhill)).resolves.toBeUndefined();
    await expect(quadratic(uphill)).rejects.toThrow('steps with the settings for it to');
    const atRates = (sign: number): Promise<void> =>
      problemChecks('broken', uphill, (learningRate) => rule({ update: (g) => mul(g, sign * learningRate) })())[
        'comes down a convex quadratic with a condition number of 1000'
      ]!();
    await expect(atRates(1)).resolves.toBeUndefined();
    await expect(atRates(-1)).rejects.toThrow('with a learning rate of 0.1 to');
  });

  test('does not put two rules that look at the loss into one chain', () => {
    expect(titles(glance).filter((title) => title.startsWith('keeps the state of two'))).toEqual([]);
  });

  test('leaves the backends alone when a check fails', async () => {
    const warn = vi.spyOn(console, 'warn');
    factory = rule({
      matrix: () => {
        throw new Error('on purpose');
      },
    });
    const before = tf.memory().numTensors;
    const checks = transformChecks('broken', standIn, { backend: 'cpu', execution: 'fused' });
    await expect(checks['keeps weights finite with gradients of 0']!()).rejects.toThrow('on purpose');
    expect(tf.memory().numTensors).toBe(before);
    expect(warn).not.toHaveBeenCalled();
  });
});
