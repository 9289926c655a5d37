import {
  build,
  chain,
  isDownhillError,
  isTransform,
  masked,
  transform,
  type DemandingGradients,
  type RuleDefinition,
  type Transform,
} from '@downhill/core';
import { scalarsOf } from '@downhill/core/compiler';
import { DownhillOptimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { expectBadNumbersRefused } from './bad-numbers.ts';
import {
  firstDifference,
  firstWeights,
  gradientsOf,
  inTrial,
  isSaveable,
  names,
  needsLoss,
  PULL,
  shapes,
  tensorOf,
  Trial,
  valuesOf,
  type Place,
  type Values,
} from './trial.ts';

/** What {@link testTransform} tests in one place, by title; each throws where the transform breaks the contract. */
export function transformChecks(name: string, make: () => Transform, place: Place): Record<string, () => Promise<void>> {
  const { parts } = make();
  const saveable = isSaveable(make());
  const takes = (gradients: DemandingGradients): boolean => !parts.some(({ rule }) => limitsOf(rule).includes(gradients));
  const run = (transform: Transform, to: number, where: Place = place): Promise<Values> =>
    inTrial(where, transform, (trial) => {
      trial.steps(0, to);
      return trial.weights();
    });

  const staysFinite = (gradients: (step: number) => Values) => (): Promise<void> =>
    inTrial(place, make(), (trial) => {
      for (let step = 0; step < 3; step++) trial.step(gradients(step));
      trial.steps(3, 5);
      for (const [variable, values] of Object.entries(trial.weights()))
        expect(
          values.findIndex((value) => !Number.isFinite(value)),
          `${variable}: the first weight that is not finite`,
        ).toBe(-1);
    });

  return {
    async 'is a frozen transform that carries its factory’s name'() {
      const made = make();
      expect(isTransform(made), 'is a transform').toBe(true);
      expect(made.name, 'its name').toBe(name);
      expect(Object.isFrozen(made), 'frozen').toBe(true);
      expect(Object.isFrozen(made.parts), 'its parts frozen').toBe(true);
    },

    'keeps the shapes and types of weights, updates and slots': () =>
      inTrial(place, make(), (trial) => {
        trial.steps(0, 1);
        const after1 = shapesIn(trial);
        trial.steps(1, 3);
        expect(shapesIn(trial), 'shapes and types after 3 steps, against those after 1').toEqual(after1);
        expect(trial.variables.map(({ shape, dtype }) => [shape, dtype])).toEqual(names.map((each) => [shapes[each], 'float32']));
      }),

    async 'computes finite numbers at every step, also far beyond any end'() {
      for (const { path, rule } of make().parts)
        for (const step of [...Array(100).keys(), 1e3, 1e4 + 1, 1e6, 1e9])
          for (const [key, value] of Object.entries(scalarsOf(rule, { step, t: step + 1 })))
            if (!Number.isFinite(value)) expect.fail(`'${path}/${key}' is ${value} at step ${step}; steps count from 0, and t = step + 1`);
    },

    'takes its first step to finite weights': () =>
      inTrial(place, make(), (trial) => {
        trial.steps(0, 1);
        for (const [variable, values] of Object.entries(trial.weights()))
          for (const [i, value] of values.entries())
            if (!Number.isFinite(value))
              expect.fail(`${variable}[${i}] is ${value} after step 0, for which t = 1: 1 − βᵗ is 0 where t is counted from 0`);
      }),

    'gives the same bits when run again, and beside another': async () => {
      const alone = await run(make(), 4);
      const shared = make();
      expect(firstDifference(await run(shared, 4), alone), 'a second run').toBeUndefined();
      expect(firstDifference(await run(shared, 4), alone), 'a run of a transform that was used before').toBeUndefined();
      await inTrial(place, shared, (trial) => {
        const other = new Trial(shared, { execution: place.execution }, firstWeights, 'beside');
        try {
          for (let step = 0; step < 4; step++) {
            other.step(gradientsOf(100 + step));
            trial.steps(step, step + 1);
          }
          expect(firstDifference(trial.weights(), alone), 'a run beside another of the same transform').toBeUndefined();
        } finally {
          other.dispose();
        }
      });
    },

    ...(saveable
      ? {
          'writes itself as JSON that builds the same transform': async () => {
            const transform = make();
            const before = JSON.stringify(transform);
            const again = build(JSON.parse(before)) as Transform;
            expect(JSON.stringify(again), 'the JSON of what was built').toBe(before);
            expect(firstDifference(await run(again, 3), await run(transform, 3)), 'a run of what was built').toBeUndefined();
            expect(JSON.stringify(transform), 'the JSON after a run').toBe(before);
          },

          'goes on with the same bits after saving and loading': () => resumes(place, make()),

          // Only one rule of a chain may look at the loss.
          ...(needsLoss(make())
            ? {}
            : {
                'keeps the state of two of it in a chain apart, also after saving and loading': () => resumes(place, chain(make(), make())),
              }),
        }
      : {
          async 'refuses to be saved with a mask that is a function'() {
            expect(() => JSON.stringify(make())).toThrow(expect.objectContaining({ code: 'not-serializable' }));
          },
        }),

    'leaks nothing over steps, and nothing is left when all is disposed of': async () => {
      await tf.setBackend(place.backend);
      const before = counts();
      await inTrial(place, make(), async (trial) => {
        trial.steps(0, 2);
        await trial.optimizer.getWeights();
        const after2 = counts();
        trial.steps(2, 6);
        await trial.optimizer.getWeights();
        expect(counts(), 'tensors after 6 steps, against those after 2').toEqual(after2);
      });
      expect(counts(), 'tensors after dispose').toEqual(before);
    },

    'changes nothing and leaks nothing in a step that throws': () =>
      inTrial(
        place,
        make(),
        (trial) => {
          trial.steps(0, 2);
          const [before, tensors, step] = [trial.weights(), counts(), trial.optimizer.iterations];
          const slots = slotsIn(trial);
          const bad = { ...gradientsOf(2), bias: new Float32Array(7).fill(Number.NaN) };
          expect(() => trial.step(bad), 'a step with a NaN in it').toThrow(expect.objectContaining({ code: 'non-finite' }));
          expect(() => failingStep(trial), 'a step that fails on the way').toThrow(FAILURE);
          expect(firstDifference(trial.weights(), before), 'the weights').toBeUndefined();
          expect(slotsIn(trial), 'the slots').toEqual(slots);
          expect(trial.optimizer.iterations, 'the count of steps').toBe(step);
          expect(counts(), 'tensors').toEqual(tensors);
        },
        { nonFinite: 'error' },
      ),

    'leaves a parameter without a gradient alone': () =>
      inTrial(place, make(), (trial) => {
        for (let step = 0; step < 2; step++) trial.step({ ...gradientsOf(step), bias: null }, PULL);
        expect(
          firstDifference(pick(trial.weights(), ['bias']), pick(firstWeights, ['bias'])),
          'weights without a gradient',
        ).toBeUndefined();
        const { kernel } = trial.weights();
        trial.step({ ...gradientsOf(2), kernel: null }, PULL);
        expect(trial.weights()['kernel'], 'weights that had a gradient before').toEqual(kernel);
      }),

    ...(takes('zero') ? { 'keeps weights finite with gradients of 0': staysFinite(() => valuesOf(() => 0)) } : {}),
    ...(takes('huge') ? { 'keeps weights finite with huge gradients (1e30)': staysFinite((step) => gradientsOf(step, 1e30)) } : {}),
    ...(takes('tiny') ? { 'keeps weights finite with tiny gradients (1e-30)': staysFinite((step) => gradientsOf(step, 1e-30)) } : {}),

    'agrees with tfjs’s own operations on the cpu backend': async () => {
      const far = new Map(names.map((each) => [each, 0]));
      const wanted = await inTrial({ backend: 'cpu', execution: 'ops' }, make(), (trial) => {
        for (let step = 0; step < STEPS; step++) {
          const before = trial.weights();
          trial.steps(step, step + 1);
          for (const [each, values] of Object.entries(trial.weights()))
            far.set(each, (far.get(each) ?? 0) + Math.max(...values.map((w, i) => Math.abs(w - (before[each]?.[i] ?? 0)))));
        }
        return trial.weights();
      });
      // A step rounds the weight once, and some 32 times the update; together the updates are as long as the way.
      const within = (w: number, each: string): number => (STEPS * Math.abs(w) + 32 * (far.get(each) ?? 0)) * 2 ** -24;
      expect(firstDifference(await run(make(), STEPS), wanted, within), 'a run here, against the same there').toBeUndefined();
    },

    'gives the same bits in a chain': async () => {
      const alone = await run(make(), 3);
      expect(firstDifference(await run(chain(make()), 3), alone), 'chain(x), against x').toBeUndefined();
      expect(firstDifference(await run(chain(asItIs, make()), 3), alone), 'behind another, against x').toBeUndefined();
      expect(firstDifference(await run(chain(make(), asItIs), 3), alone), 'before another, against x').toBeUndefined();
    },

    'acts where its mask takes, and lets the others pass': async () => {
      const onKernel = await run(masked(make(), { names: ['*/kernel'] }), 3);
      const kernelAlone = await inTrial(place, make(), (trial) => {
        for (let step = 0; step < 3; step++) trial.step(pick(gradientsOf(step), ['kernel']), PULL);
        return trial.weights();
      });
      expect(firstDifference(onKernel, pick(kernelAlone, ['kernel'])), 'what the mask takes, against a run of it alone').toBeUndefined();
      const passed = pick(await run(chain(), 3), ['bias', 'filter', 'scale']);
      expect(firstDifference(onKernel, passed), 'what the mask leaves out, against the gradients as they come').toBeUndefined();
    },

    'changes nothing else that holds a weight or a gradient': () =>
      inTrial(place, make(), (trial) => {
        trial.steps(0, 1);
        const kernel = trial.variable('kernel');
        const held = {
          'a clone': tf.clone(kernel),
          'a reshape': tf.reshape(kernel, [35]),
          'a second variable on the same data': tf.variable(kernel),
          'a gradient': tf.keep(tensorOf('kernel', gradientsOf(1)['kernel'] ?? new Float32Array(35))),
        };
        const array = kernel.dataSync();
        const before = Object.fromEntries(Object.entries(held).map(([what, tensor]) => [what, [...tensor.dataSync()]]));
        const arrayBefore = [...array];
        try {
          trial.stepWith([{ variable: kernel, gradient: held['a gradient'] }]);
          trial.steps(2, 4);
          for (const [what, tensor] of Object.entries(held))
            expect([...tensor.dataSync()], `${what}, held across a step`).toEqual(before[what]);
          expect([...array], 'an array read before a step').toEqual(arrayBefore);
        } finally {
          tf.dispose(Object.values(held));
        }
      }),

    async 'refuses a bad number, naming it and what came'() {
      const transform = make();
      if (saveable) expectBadNumbersRefused(transform, [name, ...transform.parts.map(({ rule }) => rule.name), 'chain', 'masked']);
    },
  };
}

const STEPS = 6;

const FAILURE = 'this step fails on purpose';

/** A rule that does nothing. */
const asItIs = transform({ name: 'asItIs', config: {}, update: (g) => g });

const pick = (values: Values, keys: readonly string[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)));

/** What a rule declares that it does not take. */
const limitsOf = (rule: RuleDefinition): readonly DemandingGradients[] => rule.cannotTake ?? [];

function counts(): { readonly tensors: number; readonly buffers: number } {
  const { numTensors, numDataBuffers } = tf.memory();
  return { tensors: numTensors, buffers: numDataBuffers };
}

/** The slots of all parameters, as they are now. */
function slotsIn({ optimizer, variables }: Trial): readonly {
  readonly key: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly values: readonly number[];
}[] {
  return variables.flatMap((variable) =>
    Object.entries(optimizer.state(variable)).map(([key, tensor]) => {
      const { shape, dtype } = tensor;
      const values = [...tensor.dataSync()];
      tensor.dispose();
      return { key: `${variable.name}/${key}`, shape, dtype, values };
    }),
  );
}

const shapesIn = (trial: Trial): Record<string, readonly unknown[]> =>
  Object.fromEntries(slotsIn(trial).map(({ key, shape, dtype }) => [key, [shape, dtype]]));

/** A step in the middle of which something fails: the loss, or a gradient of another shape. */
function failingStep({ transform: { parts }, optimizer, variables }: Trial): void {
  if (parts.some(({ rule }) => rule.gradients !== undefined))
    optimizer.minimize(
      () => {
        throw new Error(FAILURE);
      },
      false,
      [...variables],
    );
  tf.tidy(() => {
    const gradients = Object.fromEntries(variables.map(({ name, shape }) => [name, tf.ones(name.endsWith('scale') ? [2] : shape)]));
    try {
      optimizer.applyGradients(gradients);
    } catch (error) {
      throw isDownhillError(error) && error.code === 'shape-mismatch' ? new Error(FAILURE) : error;
    }
  });
}

/** A run that is stopped after three steps, saved as plain JSON and arrays, and gone on with by what is made of them. */
async function resumes(place: Place, whole: Transform): Promise<void> {
  // A parameter turns up late, another has no gradient in the last step before the break.
  const leg = (trial: Trial, from: number, to: number): Values => {
    for (let step = from; step < to; step++)
      trial.step({ ...gradientsOf(step), ...(step === 0 ? { filter: null } : {}), ...(step === 2 ? { bias: null } : {}) }, PULL);
    return trial.weights();
  };
  const wanted = await inTrial(place, whole, (trial) => leg(trial, 0, 6));
  const saved = await inTrial(place, whole, async (trial) => {
    const weights = leg(trial, 0, 3);
    const state = (await trial.optimizer.getWeights()).map(({ name, tensor }) => ({
      name,
      shape: tensor.shape,
      dtype: tensor.dtype,
      values: [...tensor.dataSync()],
    }));
    return { weights, state, config: JSON.stringify(trial.optimizer.getConfig()) };
  });
  const loaded = DownhillOptimizer.fromConfig(OptimizerClass, JSON.parse(saved.config) as tf.serialization.ConfigDict);
  const again = loaded.transform;
  loaded.dispose();
  const got = await inTrial(
    place,
    again,
    async (trial) => {
      const state = saved.state.map(({ name, shape, dtype, values }) => ({ name, tensor: tf.tensor(values, shape, dtype) }));
      await trial.optimizer.setWeights(state);
      tf.dispose(state.map(({ tensor }) => tensor));
      return leg(trial, 3, 6);
    },
    {},
    saved.weights,
  );
  expect(firstDifference(got, wanted), 'a run that was saved and loaded after 3 of 6 steps, against one that was not').toBeUndefined();
}

const OptimizerClass = DownhillOptimizer as unknown as tf.serialization.SerializableConstructor<DownhillOptimizer>;
