import { testTransform } from '@downhill/conformance';
import { controlled, type Transform } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { about, applyTo, training, walk } from '../test/walk.ts';
import { adamw } from './adamw.ts';
import { muon } from './muon.ts';
import { scaleByMuon, type ScaleByMuonOptions } from './scale-by-muon.ts';
import { sgd } from './sgd.ts';

testTransform('scaleByMuon', () => scaleByMuon(), { factories: { scaleByMuon } });
testTransform('muon', () => muon({ learningRate: 0.1 }), { factories: { muon } });
testTransform('muon', () => muon({ nesterov: false, coefficients: 'quintic', adjustLearningRate: 'rmsToRms' }), { factories: { muon } });

/** What it makes of one gradient. */
async function update(rule: Transform, gradient: tf.TensorLike): Promise<readonly number[]> {
  const zeros = tf.tidy(() => tf.zerosLike(tf.tensor(gradient)).arraySync());
  const [after] = await walk(rule, { w: zeros }, [{ w: gradient }]);
  return (after?.['w'] ?? []).map((value) => -value);
}

const plain: ScaleByMuonOptions = { adjustLearningRate: 'original', nesterov: false };
const original = [3.4445, -4.775, 2.0315];
const quintic = [
  [4.0848, -6.8946, 2.927],
  [3.9505, -6.3029, 2.6377],
  [3.7418, -5.5913, 2.3037],
  [2.8769, -3.1427, 1.2046],
  [2.8366, -3.0525, 1.2012],
];

describe('scaleByMuon', () => {
  test('iterates on singular values with the coefficients of its kind', async () => {
    for (let steps = 1; steps <= 7; steps++)
      for (const kind of ['original', 'quintic'] as const) {
        let x = 0.5; // divided by a norm that is taken twice as large
        for (let step = 0; step < steps; step++) {
          const [a = 0, b = 0, c = 0] = kind === 'original' ? original : quintic[Math.min(step, 4)]!;
          x = a * x + b * x ** 3 + c * x ** 5;
        }
        expect(await update(scaleByMuon({ ...plain, steps, coefficients: kind, safetyFactor: 2 }), [[-3]])).toEqual([
          expect.closeTo(-x, 4),
        ]);
      }
  });

  test('divides by epsilon where the norm is less', async () => {
    const [a = 0, b = 0, c = 0] = original;
    const x = 0.05 / 2; // of a momentum of 0.05 · 1
    expect(await update(scaleByMuon({ ...plain, steps: 1, epsilon: 2 }), [[1]])).toEqual([
      expect.closeTo(a * x + b * x ** 3 + c * x ** 5, 5),
    ]);
  });

  test('makes all singular values about 1, wide, tall or with more axes', async () => {
    const turned = [
      [0.6, 0.8, 0],
      [-0.8, 0.6, 0],
    ];
    const scaled = turned.map((row, i) => row.map((x) => x * [5, 0.5][i]!));
    const rule = scaleByMuon({ ...plain, steps: 9, coefficients: 'quintic' });
    const near = (values: readonly number[], wanted: readonly number[]): void =>
      values.forEach((value, i) => expect(Math.abs(value - wanted[i]!)).toBeLessThan(0.2));
    near(await update(rule, scaled), turned.flat());
    const tall = [0, 1, 2].map((row) => [0, 1].map((column) => scaled[column]![row]!));
    near(
      await update(rule, tall),
      [0, 1, 2].flatMap((row) => [0, 1].map((column) => turned[column]![row]!)),
    );
    near(
      await update(rule, [[tall]]),
      [0, 1, 2].flatMap((row) => [0, 1].map((column) => turned[column]![row]!)),
    );
  });

  test.each([
    ['original', 8, 2, 1],
    ['original', 2, 8, 2],
    ['matchRmsAdamw', 8, 2, 0.2 * Math.sqrt(8)],
    ['matchRmsAdamw', 2, 8, 0.2 * Math.sqrt(8)],
    ['rmsToRms', 8, 2, 0.5],
    ['rmsToRms', 2, 8, 2],
  ] as const)('%s makes the update of %i inputs and %i outputs %f times as long', async (adjustLearningRate, rows, columns, times) => {
    const gradient = Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => Math.sin(i * columns + j)));
    const made = await update(scaleByMuon({ ...plain, adjustLearningRate }), gradient);
    const turned = await update(scaleByMuon({ ...plain, adjustLearningRate: 'rmsToRms' }), gradient);
    made.forEach((value, i) => expect(value).toBeCloseTo((turned[i]! / Math.sqrt(columns / rows)) * times, 5));
    // The squares of an orthonormal matrix add up to its shorter side.
    const length = Math.sqrt(made.reduce((sum, x) => sum + x * x, 0));
    expect(Math.abs(length / times / Math.sqrt(Math.min(rows, columns)) - 1)).toBeLessThan(0.35);
  });

  test('keeps a momentum of 0.95 and looks a step ahead', async () => {
    await training(scaleByMuon({ steps: 1 }), { w: [[0]] }, (ours) => {
      applyTo(ours, { w: [[1]] });
      applyTo(ours, { w: [[3]] });
      const state = ours.state('w');
      expect(state['scaleByMuon/m']?.dataSync()[0]).toBeCloseTo(0.95 * 0.05 + 0.05 * 3, 6);
      tf.dispose(state);
    });
    // With 2 and then −0.75 the momentum is 0.125; half way from it to the gradient it is −0.3125.
    const second = async (nesterov: boolean): Promise<number> => {
      const [first, last] = await walk(scaleByMuon({ ...plain, nesterov, momentum: 0.5 }), { w: [[0]] }, [{ w: [[2]] }, { w: [[-0.75]] }]);
      return Math.sign(first!['w']![0]! - last!['w']![0]!);
    };
    expect([await second(false), await second(true)]).toEqual([1, -1]);
  });

  test.each([
    [() => scaleByMuon({ steps: 0 }), '`steps` must be a whole number, at least 1'],
    [() => scaleByMuon({ coefficients: 'quntic' as never }), 'quintic'],
    [() => scaleByMuon({ safetyFactor: 0 }), '`safetyFactor` must be'],
    [() => scaleByMuon({ momentum: 1 }), '`momentum` must be'],
    [() => muon({ beta2: 1 }), '`beta2` must be'],
    [() => muon({ matrices: ['*/kernel'] as never }), 'muon: a mask must be an object'],
  ])('refuses bad input: %#', (make, message) => {
    expect(make).toThrow(message);
  });
});

describe('muon', () => {
  const matrix = Array.from({ length: 4 }, (_, i) => Array.from({ length: 4 }, (_, j) => Math.cos(4 * i + j)));
  const from = { matrix, narrow: [[1, 2, 3]], bias: [1, 2] };
  const gradients = { matrix: matrix.map((row) => row.map((x) => x + 1)), narrow: [[3, -2, 1]], bias: [0.1, -5] };

  test('gives AdamW what is no matrix', async () => {
    const [adam] = await walk(adamw({ learningRate: 1e-3, weightDecay: 0.1, beta2: 0.95, epsilon: 1e-7 }), from, [gradients]);
    const [ours] = await walk(muon({ nesterov: false }), from, [gradients]);
    expect(ours).toMatchObject({ narrow: adam!['narrow']!.map(about), bias: adam!['bias']!.map(about) });
    expect(ours!['matrix']).not.toEqual(adam!['matrix']);
    const [turned] = await walk(muon({ nesterov: false, matrices: { minRank: 2, names: ['narrow'] } }), from, [gradients]);
    expect(turned).toMatchObject({ matrix: adam!['matrix']!.map(about), bias: adam!['bias']!.map(about) });
  });

  test('looks a step ahead with those as well', async () => {
    // β₁ 0.9: m 0.1 g and (0.9 · 0.1 + 0.1) g, above the line 0.19 g / 0.1 at first.
    const [first] = await walk(muon({ learningRate: 1, weightDecay: 0, epsilon: 0 }), { bias: [0] }, [{ bias: [2] }]);
    expect(first!['bias']).toEqual([about(-1.9)]);
  });

  test('scales the rate of those alone, with their decay', async () => {
    const ratio = controlled(0.5);
    const base = { learningRate: 0.1, nesterov: false };
    const [whole] = await walk(muon(base), from, [gradients]);
    const [half] = await walk(muon({ ...base, adamRatio: ratio }), from, [gradients]);
    expect(half!['matrix']).toEqual(whole!['matrix']);
    expect(half!['bias']).toEqual(from.bias.map((w, i) => about((w + whole!['bias']![i]!) / 2)));
  });

  test('moves a matrix about as far as AdamW, as the default promises', async () => {
    const rms = (rule: Transform): Promise<number> =>
      walk(rule, { matrix: matrix.map((row) => row.map(() => 0)) }, [{ matrix: gradients.matrix }]).then(([after]) =>
        Math.sqrt(after!['matrix']!.reduce((sum, x) => sum + x * x, 0) / 16),
      );
    const [ours, sgds] = [await rms(muon({ learningRate: 1, weightDecay: 0 })), await rms(sgd({ learningRate: 1 }))];
    expect(ours).toBeGreaterThan(0.1);
    expect(ours).toBeLessThan(0.3); // 0.2, whatever the gradient's
    expect(sgds).toBeGreaterThan(0.5);
  });
});
