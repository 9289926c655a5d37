import { build, schedule, type Json, type Plugin } from '@downhill/core';
import { register } from '@downhill/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import * as optimizers from './index.ts';

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
  centralizeGradients,
  chain,
  clipByGlobalNorm,
  ftrl,
  kernelsOnly,
  lamb,
  lars,
  lion,
  masked,
  nadam,
  nadamw,
  nesterovLookAhead,
  radam,
  rmsprop,
  rmspropTf,
  rprop,
  sgd,
  sgdw,
  newton,
  bfgs,
  lbfgs,
  accumulate,
  applyIfFinite,
  freeze,
  layerDecay,
  lookahead,
  muon,
  partition,
  sam,
  scheduleFreeAdamw,
  scheduleFreeSgd,
  wsam,
} = optimizers;
const adamConfig = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, biasCorrection: true, amsgrad: false };
const nadamConfig = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, momentumDecay: 0.004 };
const secondOrder = { learningRate: 1, maxIterations: 20, toleranceGradient: 1e-7, toleranceChange: 1e-9, lineSearch: 'strongWolfe' };
const momentumConfig = { momentum: 0, dampening: 0, nesterov: false };
const sgdJson = { kind: 'transform', name: 'sgd', config: { learningRate: 0.01, weightDecay: 0, ...momentumConfig } };
const freezeJson = { kind: 'transform', name: 'freeze', config: [] };
const halving = (): ReturnType<typeof schedule> => schedule({ name: 'halving', config: {}, at: (step) => 1 / 2 ** step });

describe('what is saved', () => {
  beforeAll(() => {
    const { chain: _chain, everySteps: _every, masked: _masked, kernelsOnly: _group, ...factories } = optimizers; // they are always known
    register({ ...factories, halving });
  });

  // Whole, so that a saved optimizer stays what it is when a default changes.
  test.each<[Plugin, Json]>([
    [adagrad(), { learningRate: 0.01, initialAccumulator: 0, epsilon: 1e-10 }],
    [adam(), { learningRate: 0.001, ...adamConfig }],
    [adamw({ weightDecay: 0.05 }), { learningRate: 0.001, weightDecay: 0.05, ...adamConfig }],
    [adamw({ decayMask: kernelsOnly }), { learningRate: 0.001, weightDecay: 0.01, decayMask: { minRank: 2 }, ...adamConfig }],
    [adadelta(), { learningRate: 1, decayRate: 0.9, epsilon: 1e-6 }],
    [
      adafactor(),
      {
        learningRate: 0.01,
        relativeStep: true,
        scaleParameter: true,
        beta2Decay: -0.8,
        beta1: 0,
        epsilon1: 1e-30,
        epsilon2: 1e-3,
        clipThreshold: 1,
        weightDecay: 0,
        minDimSizeToFactor: 0,
      },
    ],
    [adamax(), { learningRate: 0.002, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }],
    [amsgrad(), { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, biasCorrection: true }],
    [asgd(), { learningRate: 0.01, decay: 1e-4, power: 0.75, averageFrom: 1e6 }],
    [ftrl(), { learningRate: 0.001, learningRatePower: -0.5, initialAccumulator: 0.1, beta: 0, l1: 0, l2: 0, l2Shrinkage: 0 }],
    [
      lamb({ maxGradNorm: 1 }),
      {
        learningRate: 0.001,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-6,
        biasCorrection: true,
        weightDecay: 0.01,
        decoupledDecay: false,
        alwaysAdapt: false,
        trustClip: false,
        gradAveraging: true,
        maxGradNorm: 1,
      },
    ],
    [
      lars({ decayMask: kernelsOnly }),
      {
        learningRate: 1,
        momentum: 0.9,
        dampening: 0,
        nesterov: false,
        weightDecay: 5e-4,
        decayMask: { minRank: 2 },
        trustCoefficient: 1e-3,
        epsilon: 1e-8,
        trustClip: false,
        alwaysAdapt: false,
      },
    ],
    [lion(), { learningRate: 1e-4, weightDecay: 0, beta1: 0.9, beta2: 0.99 }],
    [nadam(), { learningRate: 0.002, ...nadamConfig, momentumSchedule: 'paper' }],
    [nadamw(), { learningRate: 0.001, weightDecay: 0.01, ...nadamConfig, momentumSchedule: 'constant' }],
    [radam(), { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }],
    [
      rmsprop(),
      { learningRate: 0.01, momentum: 0, decayRate: 0.99, epsilon: 1e-8, epsilonInRoot: false, initialScale: 0, centered: false },
    ],
    [
      rmspropTf(),
      { learningRate: 0.01, momentum: 0, decayRate: 0.9, epsilon: 1e-10, initialScale: 1, centered: false, rateInMomentum: true },
    ],
    [rprop(), { learningRate: 0.01, shrink: 0.5, grow: 1.2, minStep: 1e-6, maxStep: 50 }],
    [adaptiveClip(), [0.01, { epsilon: 1e-3, unitAxis: -1 }]],
    [centralizeGradients(), { unitAxis: -1 }],
    [sgd(), { learningRate: 0.01, weightDecay: 0, ...momentumConfig }],
    [sgdw({ momentum: 0.9 }), { learningRate: 0.001, weightDecay: 0.01, ...momentumConfig, momentum: 0.9 }],
    [nesterovLookAhead(), { learningRate: 0.01, momentum: 0.9 }],
    [newton(), { ...secondOrder, hessianEvery: 20 }],
    [bfgs(), { ...secondOrder, maxEvaluations: 25 }],
    [
      lbfgs({ maxIterations: 4, lineSearch: 'none' }),
      { ...secondOrder, maxIterations: 4, lineSearch: 'none', maxEvaluations: 5, historySize: 100 },
    ],
    [clipByGlobalNorm(1), [1, { epsilon: 0 }]],
    [accumulate(sgd(), { steps: 4 }), [sgdJson, { steps: 4 }]],
    [applyIfFinite(sgd()), [sgdJson, { maxConsecutive: 10 }]],
    [freeze(), []],
    [freeze({ names: ['stem/*'] }), [{ names: ['stem/*'] }]],
    [
      layerDecay({ layers: ['stem/*', ['a', 'b'], kernelsOnly] }),
      { layers: ['stem/*', ['a', 'b'], { minRank: 2 }], decay: 0.75, minScale: 0 },
    ],
    [lookahead(sgd()), [sgdJson, { syncPeriod: 5, slowStepSize: 0.5, pullbackMomentum: 'none' }]],
    [partition({ a: sgd(), rest: freeze() }, { a: kernelsOnly }), [{ a: sgdJson, rest: freezeJson }, { a: { minRank: 2 } }]],
    [sam(sgd()), [sgdJson, { rho: 0.05, adaptive: false, epsilon: 1e-12 }]],
    [wsam(sgd()), [sgdJson, { rho: 0.05, adaptive: false, epsilon: 1e-12, gamma: 0.9, decouple: true }]],
    [scheduleFreeSgd(), { weightDecay: 0, learningRate: 1, momentum: 0.9, warmupSteps: 0, r: 0, weightLrPower: 2 }],
    [
      scheduleFreeAdamw(),
      { learningRate: 0.0025, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, warmupSteps: 0, r: 0, weightLrPower: 2 },
    ],
    [
      muon(),
      {
        learningRate: 0.001,
        weightDecay: 0.1,
        matrices: { minRank: 2, minSide: 4 },
        beta1: 0.9,
        beta2: 0.95,
        adamRatio: 1,
        momentum: 0.95,
        nesterov: true,
        steps: 5,
        coefficients: 'original',
        epsilon: 1e-7,
        safetyFactor: 1,
        adjustLearningRate: 'matchRmsAdamw',
      },
    ],
    [adam({ learningRate: halving() }), { learningRate: { kind: 'schedule', name: 'halving', config: {} }, ...adamConfig }],
  ])('of $name is its own name and every option, and builds the same', (made, config) => {
    const json = JSON.parse(JSON.stringify(made)) as Json;
    expect(json).toEqual({ kind: 'transform', name: made.name, config });
    expect(JSON.stringify(build(json))).toBe(JSON.stringify(made));
  });

  test('of a chain is its members, which build again', () => {
    const whole = chain(clipByGlobalNorm(1), masked(adamw({ learningRate: halving() }), { names: ['*/kernel'] }));
    const again = build(JSON.parse(JSON.stringify(whole)));
    expect(JSON.stringify(again)).toBe(JSON.stringify(whole));
    expect((again as typeof whole).parts.map(({ path }) => path)).toEqual([
      'clipByGlobalNorm',
      'scaleByAdam',
      'decayWeights',
      'scaleByLearningRate',
    ]);
  });

  test('cannot be a mask that is a function, and the error says what can', () => {
    expect(() => JSON.stringify(adamw({ decayMask: ({ shape }) => shape.length > 1 }))).toThrow(
      '[not-serializable] adamw: `decayMask` is a function, which JSON cannot hold. In place of a function of names and shapes write { minRank: 2 }.',
    );
  });
});
