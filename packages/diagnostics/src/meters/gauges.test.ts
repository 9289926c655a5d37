import { adamw, sgd } from '@downhill/optimizers';
import { linear } from '@downhill/schedulers';
import { accuracy, type Hook } from '@downhill/training';
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import { notebook, smallRun, source, type Notebook } from '../../test/small-run.ts';
import {
  cheapMeters,
  distanceMeter,
  epochMeter,
  gradientNormMeter,
  histogram,
  histogramMeter,
  lossMeter,
  memoryMeter,
  meters,
  scheduleMeter,
  throughputMeter,
  updateRatioMeter,
  weightNormMeter,
  type Meter,
} from '../index.ts';

/** Values of every tensor as a run goes on, taken by a hook of its own. */
function witness(): Hook & { gradients: Record<string, number[]>[]; weights: Record<string, number[]>[] } {
  const [gradients, weights]: Record<string, number[]>[][] = [[], []];
  let read: () => Record<string, number[]> = () => ({});
  return {
    kind: 'hook',
    name: 'witness',
    gradients: gradients!,
    weights: weights!,
    onStart(_, { model }) {
      const { layers } = model as { layers: { getWeights(): { dataSync(): ArrayLike<number> }[] }[] };
      read = () =>
        Object.fromEntries(
          layers.flatMap((layer, i) =>
            layer.getWeights().map((weight, j) => [`${i}/${['kernel', 'bias'][j]}`, Array.from(weight.dataSync())]),
          ),
        );
      weights!.push(read());
    },
    onGradients(found) {
      const places = ['0/kernel', '0/bias', '1/kernel', '1/bias'];
      gradients!.push(Object.fromEntries(Object.values(found).map((tensor, i) => [places[i]!, [...tensor.dataSync()]])));
    },
    onStep: () => void weights!.push(read()),
  };
}

const norm = (values: readonly number[]): number => Math.hypot(...values);
const difference = (a: readonly number[], b: readonly number[]): number[] => a.map((value, i) => value - b[i]!);
const deviation = (values: readonly number[]): number => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};

async function watched(list: readonly Meter[]): Promise<Notebook & Pick<ReturnType<typeof witness>, 'gradients' | 'weights'>> {
  const [sink, twin] = [notebook(), witness()];
  await smallRun({ hooks: [twin, meters(list, { every: 1, sinks: [sink] })] });
  return { ...sink, gradients: twin.gradients, weights: twin.weights };
}

onEachBackend('meters of tensors', () => {
  test('the norms of gradients and weights are those of the tensors, and of all together', async () => {
    const { course, gradients, weights } = await watched([gradientNormMeter(), weightNormMeter()]);
    for (const [name, seen] of [
      ['gradient norm', gradients],
      ['weight norm', weights.slice(1)],
    ] as const) {
      expect(course(name).map(([, value]) => value)).toEqual(
        seen.map((tensors) => expect.closeTo(norm(Object.values(tensors).flat()), 10)),
      );
      for (const place of ['0/kernel', '0/bias', '1/kernel', '1/bias'])
        expect(course(`${name}/${place}`).map(([, value]) => value)).toEqual(
          seen.map((tensors) => expect.closeTo(norm(tensors[place]!), 10)),
        );
    }
  });

  test('the update ratio is that of the change to the weight before it, with its guide', async () => {
    const { course, readings, weights } = await watched([updateRatioMeter()]);
    for (const place of ['0/kernel', '1/kernel']) {
      const expected = weights
        .slice(1)
        .map((after, i) => norm(difference(after[place]!, weights[i]![place]!)) / (norm(weights[i]![place]!) + 1e-12));
      expect(course(`update ratio/${place}`).map(([, value]) => value)).toEqual(expected.map((value) => expect.closeTo(value, 10)));
    }
    expect(readings.every((reading) => reading.kind === 'scalar' && reading.guide === 1e-3)).toBe(true);
  });

  test('the update ratio by deviation compares standard deviations', async () => {
    const { course, weights } = await watched([updateRatioMeter({ by: 'deviation' })]);
    const expected = weights.slice(1).map((after, i) => {
      const before = weights[i]!['1/kernel']!;
      return deviation(difference(after['1/kernel']!, before)) / (deviation(before) + 1e-12);
    });
    expect(course('update ratio/1/kernel').map(([, value]) => value)).toEqual(expected.map((value) => expect.closeTo(value, 10)));
  });

  test('the distance is that from the weights at the start', async () => {
    const { course, weights } = await watched([distanceMeter()]);
    const [start, ...later] = weights.map((tensors) => Object.values(tensors).flat());
    expect(course('distance from start').map(([, value]) => value)).toEqual(
      later.map((now) => expect.closeTo(norm(difference(now, start!)), 10)),
    );
    expect(course('distance from start/0/bias')).toHaveLength(14);
  });

  test('histograms count every value of a tensor once', async () => {
    const { readings, gradients, weights } = await watched([histogramMeter({ bins: 4 }), histogramMeter({ of: 'gradients' })]);
    for (const [of, bins, tensors] of [
      ['weights', 4, weights.at(-1)],
      ['gradients', 30, gradients.at(-1)],
    ] as const) {
      const last = readings.filter((reading) => reading.name === `${of}/0/kernel` && reading.step === 14);
      expect(last).toEqual([{ kind: 'histogram', name: `${of}/0/kernel`, step: 14, epoch: 1, ...histogram(tensors!['0/kernel']!, bins) }]);
      expect(tensors!['0/kernel']).toHaveLength(20);
    }
  });

  test('memory shows tensors, their bytes and, on wasm, the heap', async () => {
    const { course, readings } = await watched([memoryMeter()]);
    const [first, last] = [course('tensors').at(0)![1], course('tensors').at(-1)![1]];
    expect([last, last > memory().numTensors]).toEqual([first, true]);
    expect(course('tensor bytes').at(-1)![1]).toBeGreaterThan(4 * 43); // the weights
    const heaps = readings.filter(({ name }) => name === 'heap bytes');
    expect(heaps.length).toBe((await import('@tensorflow/tfjs-core')).getBackend() === 'wasm' ? 14 : 0);
  });
});

onEachBackend('meters of numbers', () => {
  test('the loss is that of the step; smoothed, a running average without the pull to 0', async () => {
    const sink = notebook();
    const losses: number[] = [];
    const listener: Hook = { kind: 'hook', name: 'listener', onStep: ({ loss }) => void losses.push(loss) };
    await smallRun({ hooks: [listener, meters([lossMeter({ beta: 0.9 })], { every: 2, sinks: [sink] })] });
    const smoothed = (t: number): number => {
      const weights = losses.slice(0, t).map((_, i) => 0.9 ** (t - 1 - i));
      return weights.reduce((sum, weight, i) => sum + weight * losses[i]!, 0) / weights.reduce((a, b) => a + b, 0);
    };
    expect(sink.course('loss')).toEqual([2, 4, 6, 8, 10, 12, 14].map((t) => [t, losses[t - 1]]));
    expect(sink.course('loss/smoothed')).toEqual([2, 4, 6, 8, 10, 12, 14].map((t) => [t, expect.closeTo(smoothed(t), 10)]));
  });

  test('a loss that is not finite leaves the average alone', async () => {
    const gauge = await lossMeter({ beta: 0.5 }).begin({} as never);
    for (const loss of [2, Number.NaN, Infinity, 4]) gauge.follow?.({ loss } as never);
    const found = await gauge.afterStep?.({ report: { loss: Number.NaN } } as never);
    expect(found).toEqual([
      { kind: 'scalar', name: 'loss', value: Number.NaN },
      { kind: 'scalar', name: 'loss/smoothed', value: expect.closeTo((0.25 * 2 + 0.5 * 4) / 0.75, 12) },
    ]);
  });

  test('every number that the transform computed is shown under its name', async () => {
    const sink = notebook();
    const transform = adamw({ learningRate: linear({ from: 0.1, to: 0, steps: 14 }) });
    await smallRun({ transform, hooks: [meters([scheduleMeter()], { every: 7, sinks: [sink] })] });
    expect(sink.course('learningRate')).toEqual([
      [7, expect.closeTo(0.1 * (1 - 6 / 14), 10)],
      [14, expect.closeTo(0.1 / 14, 10)],
    ]);
    expect(sink.course('correction1')).toHaveLength(2);
    const rateAlone = notebook();
    await smallRun({ transform, hooks: [meters([scheduleMeter({ names: ['learningRate'] })], { every: 7, sinks: [rateAlone] })] });
    expect(new Set(rateAlone.readings.map(({ name }) => name))).toEqual(new Set(['learningRate']));
  });

  test('an epoch’s numbers come after it, those of the validation under their own names', async () => {
    const sink = notebook();
    const { result } = await smallRun({ metrics: { accuracy }, validation: source(), hooks: [meters([epochMeter()], { sinks: [sink] })] });
    const shown = sink.readings.filter(({ step }) => step === 14);
    expect(shown.map(({ name }) => name).toSorted()).toEqual(['epoch/accuracy', 'epoch/loss', 'val_accuracy', 'val_loss']);
    expect(sink.course('val_loss')).toEqual(result.history.map(({ step, metrics }) => [step, metrics['val_loss']]));
    expect(shown.every(({ epoch }) => epoch === 2)).toBe(true);
  });

  test('throughput counts the examples of all steps since the last look, and leaves the validation out', async () => {
    const sink = notebook();
    const slow: Hook = { kind: 'hook', name: 'slow', onValidation: () => new Promise((resolve) => setTimeout(resolve, 30)) };
    const start = performance.now();
    await smallRun({ validation: source(), transform: sgd(), hooks: [slow, meters([throughputMeter()], { every: 7, sinks: [sink] })] });
    const whole = performance.now() - start;
    const [ms, rates] = [sink.course('ms per step'), sink.course('examples per second')];
    expect(ms.map(([step]) => step)).toEqual([7, 14]);
    for (const [i, [, rate]] of rates.entries()) expect((rate * ms[i]![1] * 7) / 1000).toBeCloseTo(26, 6);
    expect(ms.reduce((sum, [, each]) => sum + 7 * each, 0)).toBeLessThan(whole - 2 * 7 * 29);
  });
});

describe('cheapMeters', () => {
  test('cost no pass and have names of their own', () => {
    const cheap = cheapMeters();
    expect(cheap.filter(({ cost }) => cost.forward + cost.backward > 0)).toEqual([]);
    expect(new Set(cheap.map(({ name }) => name)).size).toBe(cheap.length);
  });

  test('count no classes in a regression', () => {
    const names = cheapMeters({ task: 'regression' }).map(({ name }) => name);
    expect(names).toContain('loss');
    expect(names.filter((name) => /accuracy|f1|auc|confusion/.test(name))).toEqual([]);
  });

  test.each([
    [() => cheapMeters({ task: 'ranking' as never }), '`task` must be one of'],
    [() => cheapMeters({ k: 0 }), '`k` must be a whole number'],
    [() => lossMeter({ beta: 1 }), '`beta` must be a finite number, at least 0 and below 1'],
    [() => histogramMeter({ bins: 0 }), '`bins` must be a whole number'],
    [() => histogramMeter({ of: 'updates' as never }), '`of` must be one of'],
    [() => updateRatioMeter({ guide: 0 }), '`guide` must be a finite number, above 0'],
    [() => updateRatioMeter({ by: 'std' as never }), '`by` must be one of'],
    [() => gradientNormMeter({ perTensor: 1 as never }), '`perTensor` must be true or false'],
  ])('and their like refuse %s', (make, message) => {
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }));
  });
});
