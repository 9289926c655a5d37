import { controlled, revive, schedule, type Transform } from '@downhill/core';
import { register } from '@downhill/tfjs';
import type { DownhillOptimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { applyTo, training, type Weights } from '../test/walk.ts';
import * as optimizers from './index.ts';

const { chain: _chain, everySteps: _every, masked: _masked, kernelsOnly: _group, ...factories } = optimizers; // core's
const {
  adadelta,
  adafactor,
  adagrad,
  adam,
  adamax,
  adamw,
  adaptiveClip,
  amsgrad,
  asgd,
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  decayWeights,
  ftrl,
  lamb,
  lars,
  layerDecay,
  lion,
  lookahead,
  muon,
  nadam,
  nadamw,
  nesterovLookAhead,
  radam,
  rmsprop,
  rmspropTf,
  rprop,
  sam,
  scaleByAdadelta,
  scaleByAdagrad,
  scaleByAdam,
  scaleByAdamax,
  scaleByLearningRate,
  scaleByLion,
  scaleByMomentum,
  scaleByMuon,
  scaleByNadam,
  scaleByRadam,
  scaleByRms,
  scaleByScheduleFree,
  scheduleFreeAdamw,
  scheduleFreeSgd,
  sgd,
  sgdw,
  wsam,
} = optimizers;

register(factories);

const betas = { beta1: 0.5, beta2: 0.75, epsilon: 0.25 };

// Each rule with numbers that all show in its weights. In a second list what is a start, a count or a place and stays what it is.
const rules: readonly (readonly [rule: Transform, fixed?: readonly string[]])[] = [
  [adadelta({ learningRate: 0.5, decayRate: 0.5, epsilon: 0.25 })],
  [
    adafactor({ beta1: 0.5, weightDecay: 0.25, epsilon1: 0.25, epsilon2: 4, clipThreshold: 0.5, learningRate: 0.25 }),
    ['minDimSizeToFactor'],
  ],
  [adagrad({ learningRate: 0.5, epsilon: 0.25 }), ['initialAccumulator']],
  [adam({ learningRate: 0.5, ...betas })],
  [adamax({ learningRate: 0.5, ...betas })],
  [adamw({ learningRate: 0.5, weightDecay: 0.25, ...betas })],
  [adaptiveClip(0.125, { epsilon: 4 }), ['1.unitAxis']],
  [amsgrad({ learningRate: 0.5, ...betas })],
  [asgd({ learningRate: 0.5, decay: 0.25 }), ['averageFrom']],
  [clipByGlobalNorm(0.5, { epsilon: 0.25 })],
  [clipByNorm(0.5, { epsilon: 0.25 })],
  [clipByValue(0.5)],
  [decayWeights(0.25)],
  [ftrl({ learningRate: 0.5, beta: 1, l1: 0.25, l2: 0.25, l2Shrinkage: 0.25 }), ['initialAccumulator']],
  [lamb({ learningRate: 0.5, weightDecay: 0.25, maxGradNorm: 0.5, ...betas })],
  [lamb({ decoupledDecay: true, gradAveraging: false, ...betas })],
  [lars({ learningRate: 2, momentum: 0.5, dampening: 0.5, weightDecay: 0.25, trustCoefficient: 0.5, epsilon: 0.25 })],
  [lars({ trustClip: true, dampening: 0.5, trustCoefficient: 0.5, epsilon: 0.25 })],
  [layerDecay({ layers: ['w', 'b'], decay: 0.5 }), ['minScale']],
  [lookahead(sgd({ learningRate: 0.5 }), { syncPeriod: 1, slowStepSize: 0.5 }), ['1.syncPeriod']],
  [
    muon({
      matrices: { minRank: 2 },
      learningRate: 0.5,
      weightDecay: 0.25,
      momentum: 0.5,
      adamRatio: 0.5,
      epsilon: 0.25,
      beta1: 0.5,
      beta2: 0.75,
      safetyFactor: 2,
    }),
    ['steps', 'matrices.minRank'],
  ],
  [sam(sgd({ learningRate: 0.125 }), { rho: 0.5, epsilon: 4 })],
  [wsam(sgd({ learningRate: 0.125 }), { rho: 0.5, epsilon: 4, gamma: 0.75 })],
  [scaleByMuon({ momentum: 0.5, epsilon: 1, safetyFactor: 2 }), ['steps']],
  [scaleByScheduleFree({ learningRate: 0.5 }), ['momentum', 'warmupSteps', 'r', 'weightLrPower']],
  [scheduleFreeSgd({ learningRate: 0.5, weightDecay: 0.25 }), ['momentum', 'warmupSteps', 'r', 'weightLrPower']],
  [scheduleFreeAdamw({ learningRate: 0.5, weightDecay: 0.25, beta2: 0.75, epsilon: 0.25 }), ['beta1', 'warmupSteps', 'r', 'weightLrPower']],
  [lion({ learningRate: 0.5, weightDecay: 0.25, beta1: 0.75, beta2: 0.96875 })],
  [nadam({ learningRate: 0.5, momentumDecay: 2, ...betas })],
  [nadamw({ learningRate: 0.5, weightDecay: 0.25, momentumSchedule: 'paper', momentumDecay: 2, ...betas })],
  [nesterovLookAhead({ learningRate: 0.125, momentum: 0.5 })],
  [radam({ learningRate: 0.5, ...betas, beta2: 0.9375 })],
  [rmsprop({ learningRate: 0.5, decayRate: 0.5, momentum: 0.5, epsilon: 0.25 }), ['initialScale']],
  [rmspropTf({ learningRate: 0.5, decayRate: 0.5, momentum: 0.5, epsilon: 0.25, centered: true }), ['initialScale']],
  [rprop({ learningRate: 0.25, shrink: 0.75, grow: 2, minStep: 0.125, maxStep: 0.25 }), ['learningRate']],
  [scaleByAdadelta({ decayRate: 0.5, epsilon: 0.25 })],
  [scaleByAdagrad({ epsilon: 0.25 }), ['initialAccumulator']],
  [scaleByAdam(betas)],
  [scaleByAdamax(betas)],
  [scaleByLearningRate(0.5)],
  [scaleByLion({ beta1: 0.75, beta2: 0.96875 })],
  [scaleByMomentum({ momentum: 0.5, dampening: 0.5 })],
  [scaleByNadam({ momentumDecay: 2, ...betas })],
  [scaleByRadam({ ...betas, beta2: 0.9375 })],
  [scaleByRms({ decayRate: 0.5, epsilon: 0.25 }), ['initialScale']],
  [sgd({ learningRate: 0.5, momentum: 0.5, dampening: 0.5, weightDecay: 0.25 })],
  [sgdw({ learningRate: 0.5, momentum: 0.5, dampening: 0.5, weightDecay: 0.25 })],
];

const withoutNumbers = ['accumulate', 'applyIfFinite', 'centralizeGradients', 'freeze', 'partition'];
/** Their numbers are bounds of a search; see their own tests. */
const searches = ['newton', 'bfgs', 'lbfgs'];

/** The paths of the numbers in a config: `learningRate`, `1.epsilon`. */
function numbersIn(config: unknown, path = ''): readonly string[] {
  if (typeof config === 'number') return [path.slice(1)];
  if (typeof config !== 'object' || config === null || 'kind' in config) return []; // a rule within is tested on its own
  return Object.entries(config).flatMap(([name, value]) => numbersIn(value, `${path}.${name}`));
}

const at = (config: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], config);

/** The same rule with something else at the path of its config. */
function withNumber({ name, config }: Transform, path: string, value: unknown): Transform {
  const args = revive(JSON.parse(JSON.stringify(config)));
  const [last = '', ...rest] = path.split('.').reverse();
  (rest.reverse().reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], args) as Record<string, unknown>)[last] = value;
  const factory = (factories as unknown as Record<string, (...args: readonly unknown[]) => Transform>)[name]!;
  return Array.isArray(args) ? factory(...(args as readonly unknown[])) : factory(args);
}

const STEPS = 12;

/** Where weights of two shapes are after each step; `before` is told each step's number. */
const way = (rule: Transform, before: (step: number) => void = () => undefined): Promise<readonly Weights[]> =>
  training(
    rule,
    {
      w: [
        [1, -2],
        [0.5, 3],
        [-1, 0.25],
      ],
      b: [0.5, -1.5],
    },
    (ours, weights, variables) =>
      Array.from({ length: STEPS }, (_, step) => {
        before(step);
        const wave = (i: number): number => Math.fround(((step * 5 + i * 3) % 7) / 4 - 0.625);
        const gradients = {
          w: [
            [wave(0), wave(1)],
            [wave(2), wave(3)],
            [wave(4), wave(5)],
          ],
          b: [wave(6), wave(8)],
        };
        if (rule.parts.some(({ rule: { gradients: own } }) => own !== undefined)) minimizeSquares(ours, variables);
        else applyTo(ours, gradients);
        return weights();
      }),
  );

const minimizeSquares = (ours: DownhillOptimizer, variables: readonly tf.Variable[]): void => {
  ours.minimize(() => tf.tidy(() => tf.addN(variables.map((w) => tf.sum(tf.square(w)))) as tf.Scalar), false, [...variables]);
};

const cases = rules.flatMap(([rule, fixed = []]) =>
  numbersIn(rule.config)
    .filter((path) => !fixed.includes(path))
    .map((path) => ({ rule, path, name: `${rule.name}: ${path}`, value: at(rule.config, path) as number })),
);

describe('numbers of rules', () => {
  test('are here for every rule that there is', () => {
    expect(new Set([...rules.map(([{ name }]) => name), ...withoutNumbers, ...searches])).toEqual(new Set(Object.keys(factories)));
  });

  test.each(cases)('$name may be a schedule, and a constant one changes nothing', async ({ rule, path, value }) => {
    const constant = schedule({ name: 'constant', config: [value], at: () => value });
    const wanted = await way(rule);
    const got = await way(withNumber(rule, path, constant));
    // Each step rounds once more or less: a division by a constant in the kernel, another by what float64 made of it.
    for (const [step, weights] of wanted.entries())
      for (const [name, values] of Object.entries(weights))
        for (const [i, w] of values.entries())
          expect(Math.abs(got[step]![name]![i]! - w)).toBeLessThanOrEqual((step + 1) * 4 * 2 ** -24 * Math.max(1, Math.abs(w)));
  });

  test.each(cases)('$name follows a schedule, and a controlled number alike', async ({ rule, path, value }) => {
    const later = value / 2;
    const change = STEPS / 2;
    const scheduled = await way(
      withNumber(rule, path, schedule({ name: 'step', config: [], at: (step) => (step < change ? value : later) })),
    );
    const control = controlled(value);
    const controlledWay = await way(withNumber(rule, path, control), (step) => {
      if (step === change) control.value = later;
    });
    const constant = await way(withNumber(rule, path, controlled(value)));
    expect(scheduled).toEqual(controlledWay);
    expect(scheduled.slice(0, change)).toEqual(constant.slice(0, change));
    expect(scheduled.at(-1)).not.toEqual(constant.at(-1));
  });

  test.each(rules.flatMap(([rule, fixed = []]) => fixed.map((path) => ({ rule, path, name: `${rule.name}: ${path}` }))))(
    '$name is where it starts, a count or a place, and refuses a schedule',
    ({ rule, path }) => {
      expect(() => withNumber(rule, path, controlled(1))).toThrow(`\`${path.split('.').at(-1)}\` must be a`);
    },
  );
});
