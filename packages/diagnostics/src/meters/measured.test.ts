import { chain, masked } from '@downhill/core';
import { adamw, clipByGlobalNorm, sgd } from '@downhill/optimizers';
import { optimizer, register } from '@downhill/tfjs';
import type { Hook } from '@downhill/training';
import { tensor1d, tidy, train as tfTrain, variable, type Variable } from '@tensorflow/tfjs-core';
import { describe, expect, test, vi } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import { notebook, smallRun } from '../../test/small-run.ts';
import { gradientNormMeter, measured, meters, updateRatioMeter, type ScalarReading, type OnProblem } from '../index.ts';
import { isMeasured } from './measured.ts';

onEachBackend('measured', () => {
  test.each([
    ['adamw', () => adamw({ learningRate: 0.05, weightDecay: 0.1 })],
    ['a chain that clips', () => chain(clipByGlobalNorm(0.1), sgd({ learningRate: 0.5 }))],
  ])('finds in the kernel of %s what the tensors themselves show', async (_, rule) => {
    const list = [gradientNormMeter(), updateRatioMeter()];
    const [inKernel, byHand] = [notebook(), notebook()];
    await smallRun({ transform: measured(rule()), hooks: [meters(list, { every: 3, sinks: [inKernel] })] });
    await smallRun({ transform: rule(), hooks: [meters(list, { every: 3, sinks: [byHand] })] });
    const scalars = byHand.readings as ScalarReading[];
    expect(scalars.length).toBeGreaterThan(20);
    for (const [i, { name, step, value }] of scalars.entries()) {
      const twin = inKernel.readings[i] as ScalarReading;
      expect([twin.name, twin.step]).toEqual([name, step]);
      // By hand an update is a difference of float32 weights, rounded to 2⁻²⁴ of them; a bias begins at 0 and is nothing but its updates.
      const ratio = name.startsWith('update');
      expect(Math.abs(twin.value - value)).toBeLessThanOrEqual(ratio ? 2e-7 + 1e-4 * value : 1e-5 * value);
    }
  });

  test('is one kernel still, which reports under the names of its parts', async () => {
    const w = tidy(() => variable(tensor1d([3, 4]), true, 'w'));
    const made = optimizer(measured(sgd({ learningRate: 0.5 })));
    tidy(() => made.applyGradients({ w: tensor1d([0, -2]) }));
    expect(await made.statistics()).toEqual({
      w: {
        nonFinite: 0,
        'measuredGradient/gradient': 2,
        'measuredUpdate/update': 1,
        'measuredUpdate/weight': 5,
      },
    });
    made.dispose();
    w.dispose();
  });

  test('takes the norms only at the steps at which a meter reads them', async () => {
    const steps: number[] = [];
    const listener: Hook = {
      kind: 'hook',
      name: 'listener',
      readsStatistics: () => false,
      async onStep({ step }, { statistics }) {
        if (Object.values(await statistics()).some((found) => 'measuredUpdate/update' in found)) steps.push(step);
      },
    };
    await smallRun({ transform: measured(sgd()), hooks: [listener, meters([gradientNormMeter()], { every: 5 })] });
    expect(steps).toEqual([5, 10]);
  });

  test('around a part of the parameters alone does not count as measured: the meters look for themselves', async () => {
    const sink = notebook();
    const onProblem = vi.fn<OnProblem>();
    const transform = masked(measured(sgd({ learningRate: 0.5 })), { minRank: 2 });
    await smallRun({ transform, hooks: [meters([gradientNormMeter()], { every: 7, sinks: [sink], onProblem })] });
    expect(onProblem).not.toHaveBeenCalled();
    for (const [, value] of sink.course('gradient norm/0/bias')) expect(value).toBeGreaterThan(0);
  });
});

describe('measured', () => {
  test('is saved and built again as what it is', async () => {
    register({ measured, sgd });
    const { build } = await import('@downhill/core');
    const again = build(JSON.parse(JSON.stringify(measured(sgd({ learningRate: 0.5 }))))) as ReturnType<typeof measured>;
    expect(again).toMatchObject({ name: 'measured', kind: 'transform' });
    expect(again.parts.map(({ path }) => path)).toEqual(measured(sgd()).parts.map(({ path }) => path));
  });

  test('is seen in an optimizer that has it, and in no other', () => {
    const variable = { key: '0/kernel', variable: { name: 'w', shape: [2, 3] } as unknown as Variable };
    const made = [optimizer(sgd()), optimizer(measured(sgd())), tfTrain.sgd(0.1), optimizer(masked(measured(sgd()), { minRank: 3 }))];
    expect(made.map((one) => isMeasured(one, [variable]))).toEqual([false, true, false, false]);
    for (const one of made) one.dispose();
  });

  test('refuses what is no transform', () => {
    expect(() => measured(3 as never)).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  });
});
