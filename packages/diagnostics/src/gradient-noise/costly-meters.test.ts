import { sgd } from '@downhill/optimizers';
import { batches, meanSquaredError, memoryStore, train, type FunctionModel, type Hook } from '@downhill/training';
import { matMul, tensor2d, tidy, variable, type Tensor2D, type Variable } from '@tensorflow/tfjs-core';
import { expect, test, vi } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import { notebook, smallRun } from '../../test/small-run.ts';
import { alphaMeter, curvatureMeter, gradientCosineMeter, gradientNoiseMeter, meters, type Meter, type OnProblem } from '../index.ts';

const costly = (): Meter[] => [
  gradientNoiseMeter({ parts: 4 }),
  gradientCosineMeter({ every: 1 }),
  alphaMeter({ parts: 2 }),
  curvatureMeter({ smallest: 1, iterations: 3, traceSamples: 1 }),
];

/** L(w) = w² at every batch, by gradient descent from w = 1: one step of rate 0.5 ends in the minimum. */
async function parabola(learningRate: number, hooks: readonly Hook[], epochs = 1): Promise<void> {
  const w = tidy(() => variable(tensor2d([[1]])));
  const model: FunctionModel = { variables: [w], predict: (x) => matMul(x as Tensor2D, w as Variable as unknown as Tensor2D) };
  const data = { xs: { values: Float32Array.of(1, 1, 1, 1), shape: [1] }, ys: { values: new Float32Array(4), shape: [1] } };
  await train({
    model,
    loss: meanSquaredError,
    transform: sgd({ learningRate }),
    batches: batches(data, { shuffle: false }),
    epochs,
    hooks,
  });
  w.dispose();
}

onEachBackend('meters that take passes of their own', () => {
  test('change no bit of a run', async () => {
    const { weights } = await smallRun();
    const onProblem = vi.fn<OnProblem>();
    const sink = notebook();
    expect((await smallRun({ hooks: [meters(costly(), { every: 1, sinks: [sink], onProblem })] })).weights).toEqual(weights);
    expect(onProblem).not.toHaveBeenCalled();
    const parts = ['norm test', 'inner product test', 'orthogonality test', 'signal to noise', 'evidence criterion', 'noise scale', 'CABS batch size']; // prettier-ignore
    for (const name of [
      ...parts.map((part) => `gradient noise/${part}`),
      'alpha',
      'curvature/largest 1',
      'curvature/smallest 1',
      'curvature/trace',
    ])
      expect(sink.course(name), name).toHaveLength(14);
    for (const reading of sink.readings) expect(reading).toMatchObject({ value: expect.toSatisfy(Number.isFinite) });
  });

  test.each([
    [0.25, -0.5],
    [0.5, 0],
    [1, 1],
  ])('alpha of a rate of %f on a parabola is %f', async (learningRate, alpha) => {
    const sink = notebook();
    await parabola(learningRate, [meters([alphaMeter({ parts: 2 })], { every: 1, sinks: [sink] })]);
    expect(sink.course('alpha')[0]![1]).toBeCloseTo(alpha, 4);
  });

  test('the cosine of successive gradients tells going on from jumping across', async () => {
    for (const [learningRate, cosine] of [
      [0.1, 1],
      [0.9, -1],
    ] as const) {
      // prettier-ignore
      const sink = notebook();
      await parabola(learningRate, [meters([gradientCosineMeter({ every: 3 })], { sinks: [sink] })], 7);
      expect(sink.course('gradient cosine')).toEqual([[3, expect.closeTo(cosine, 6)], [6, expect.closeTo(cosine, 6)]]); // prettier-ignore
    }
  });

  test('the curvature of a parabola is 2', async () => {
    const sink = notebook();
    await parabola(0.1, [meters([curvatureMeter({ traceSamples: 2 })], { every: 1, sinks: [sink] })]);
    expect(sink.course('curvature/largest 1')[0]![1]).toBeCloseTo(2, 3);
    expect(sink.course('curvature/trace')[0]![1]).toBeCloseTo(2, 3);
  });

  test('what they keep from step to step survives a stop in between', async () => {
    const watch = (): Meter[] => [gradientCosineMeter({ every: 4 }), gradientNoiseMeter()];
    const whole = notebook();
    await smallRun({ hooks: [meters(watch(), { every: 1, sinks: [whole] })] });
    const [store, sink, asked] = [memoryStore(), notebook(), new AbortController()];
    const onEvent = ({ type, ...event }: { type: string; step?: number }): void => {
      if (type === 'step' && event.step === 3) asked.abort();
    };
    await smallRun({ checkpoints: { store }, hooks: [meters(watch(), { every: 1, sinks: [sink] })], signal: asked.signal, onEvent });
    await smallRun({ checkpoints: { store, resume: true }, hooks: [meters(watch(), { every: 1, sinks: [sink] })] });
    expect(sink.course('gradient cosine')).toEqual(whole.course('gradient cosine'));
    expect(sink.course('gradient noise/noise scale')).toEqual(whole.course('gradient noise/noise scale'));
  });
});

test.each([
  [() => gradientNoiseMeter({ parts: 1 }), /`parts`/],
  [() => gradientNoiseMeter({ smoothing: 1 }), /`smoothing`/],
  [() => gradientCosineMeter({ every: 0 }), /`every`/],
  [() => alphaMeter({ parts: 0.5 }), /`parts`/],
  [() => curvatureMeter({ largest: -1 }), /`largest`/],
  [() => curvatureMeter({ top: 1 } as never), /no option `top`/],
])('options out of range are refused: %o', (call, message) => {
  expect(call).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringMatching(message) }));
});
