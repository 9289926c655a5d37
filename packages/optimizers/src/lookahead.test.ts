import { testTransform } from '@downhill/conformance';
import { optimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { about, applyTo, walkOne } from '../test/walk.ts';
import { adam } from './adam.ts';
import { lookahead } from './lookahead.ts';
import { sgd } from './sgd.ts';

testTransform('lookahead', () => lookahead(adam({ learningRate: 0.1 }), { syncPeriod: 2 }), { factories: { lookahead, adam } });
testTransform('lookahead', () => lookahead(sgd({ momentum: 0.9 }), { syncPeriod: 2, pullbackMomentum: 'pullback' }), {
  factories: { lookahead, sgd },
});

const ones = (count: number): number[] => Array.from({ length: count }, () => 1);

describe('lookahead', () => {
  test('goes back half the way every five steps', async () => {
    const way = await walkOne(lookahead(sgd({ learningRate: 1 })), 0, ones(10));
    expect(way).toEqual([-1, -2, -3, -4, -2.5, -3.5, -4.5, -5.5, -6.5, -5].map(about));
  });

  test('takes other periods and shares', async () => {
    expect(await walkOne(lookahead(sgd({ learningRate: 1 }), { syncPeriod: 2, slowStepSize: 0.25 }), 0, ones(4))).toEqual([
      -1, -0.5, -1.5, -1,
    ]);
  });

  test.each([
    ['none', [1, 2, 3, 4, 5]],
    ['reset', [1, 2, 1, 2, 1]],
    // 2 · 0.25, then 2.5 · 0.25 · 1.75
    ['pullback', [1, 2, 1.5, 2.5, 2.09375]],
  ] as const)('with pullbackMomentum %s has these velocities', async (pullbackMomentum, velocities) => {
    const inner = sgd({ learningRate: 1, momentum: 0.999999999 });
    const way = await walkOne(lookahead(inner, { syncPeriod: 2, slowStepSize: 0.25, pullbackMomentum }), 0, ones(5));
    const steps = [way[0]!, way[2]! - way[1]!, way[4]! - way[3]!].map((step) => about(-step));
    expect([velocities[0], velocities[2], velocities[4]]).toEqual(steps);
  });

  test('keeps its slow weights as an average to judge by', async () => {
    await tf.setBackend('cpu');
    const w = tf.tidy(() => tf.variable(tf.tensor1d([1]), true, 'w'));
    const ours = optimizer(lookahead(sgd({ learningRate: 1 }), { syncPeriod: 2 }));
    for (let step = 0; step < 3; step++) applyTo(ours, { w: [1] });
    const slow = ours.average('lookahead/slow', [w]);
    expect([w.dataSync()[0], slow.get(w)?.dataSync()[0]]).toEqual([-1, 0]);
    tf.dispose([w, ...slow.values()]);
    ours.dispose();
  });

  test.each([
    [() => lookahead(sgd(), { syncPeriod: 0 }), '`syncPeriod` must be a whole number, at least 1, got 0'],
    [() => lookahead(sgd(), { slowStepSize: 1.1 }), '`slowStepSize` must be'],
    [() => lookahead(sgd(), { k: 5 } as never), 'has no option `k`'],
    [() => lookahead(sgd(), { pullbackMomentum: 'restet' as never }), 'reset'],
    [() => lookahead(adam(), { pullbackMomentum: 'reset' }), '`pullbackMomentum` takes a transform with a velocity, got adam'],
  ])('refuses bad input: %#', (make, message) => {
    expect(make).toThrow(message);
  });
});
