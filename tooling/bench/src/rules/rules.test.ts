import * as optimizers from '@downhill/optimizers';
import { expect, test } from 'vitest';
import { rules, SECOND_ORDER } from './rules.ts';

/** What the package exports that is no rule by itself: parts of a chain, and what combines rules. */
const NO_RULES = [
  'accumulate',
  'adaptiveClip',
  'applyIfFinite',
  'centralizeGradients',
  'chain',
  'clipByGlobalNorm',
  'clipByNorm',
  'clipByValue',
  'decayWeights',
  'everySteps',
  'freeze',
  'kernelsOnly',
  'layerDecay',
  'masked',
  'partition',
  'scaleByAdadelta',
  'scaleByAdagrad',
  'scaleByAdam',
  'scaleByAdamax',
  'scaleByLearningRate',
  'scaleByLion',
  'scaleByMomentum',
  'scaleByMuon',
  'scaleByNadam',
  'scaleByRadam',
  'scaleByRms',
  'scaleByScheduleFree',
];

test('every factory of the package is a rule here, or is named as none', () => {
  expect([...new Set([...rules.map(({ factory }) => factory), ...NO_RULES])].toSorted()).toEqual(Object.keys(optimizers).toSorted());
});

test('names are given once', () => {
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
});

test.each(rules.filter(({ name, factory }) => name === factory && !SECOND_ORDER.includes(name)))(
  '$name has the learning rate of its defaults',
  (rule) => {
    const make = optimizers[rule.factory as 'sgd'];
    expect(JSON.stringify(make({}))).toBe(JSON.stringify(rule.make(rule.learningRate)));
  },
);
