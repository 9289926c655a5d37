import { DownhillError } from '@downhill/core';
import type { PredictedBatch } from '@downhill/training';
import { dispose, tensor, tensor1d, tensor2d, zeros } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import { notebook, smallRun, source } from '../../test/small-run.ts';
import {
  accuracyMeter,
  aucMeter,
  confusionMeter,
  f1Meter,
  meters,
  topKMeter,
  type Measurements,
  type Meter,
  type OnProblem,
} from '../index.ts';

/** What a meter of batches finds in one batch. */
async function find(meter: Meter, seen: PredictedBatch): Promise<Measurements> {
  const gauge = await meter.begin({} as never);
  return (await gauge.afterStep?.(seen as never)) ?? [];
}

const valueOf = (found: Measurements, name: string): number | undefined => {
  const reading = found.find((candidate) => candidate.name === name);
  return reading?.kind === 'scalar' ? reading.value : undefined;
};

/** Rows of scores and class numbers, with ties. */
const classification = (classes: number): fc.Arbitrary<{ scores: number[][]; labels: number[] }> =>
  fc
    .array(fc.tuple(fc.array(fc.integer({ min: -6, max: 6 }), { minLength: classes, maxLength: classes }), fc.nat(classes - 1)), {
      minLength: 1,
      maxLength: 30,
    })
    .map((rows) => ({ scores: rows.map(([row]) => row.map((z) => z / 4)), labels: rows.map(([, label]) => label) }));

async function seenOf<T>(
  { scores, labels }: { scores: number[][]; labels: number[] },
  look: (seen: PredictedBatch) => Promise<T>,
): Promise<T> {
  const [predictions, ys] = [tensor2d(scores), tensor1d(labels, 'int32')];
  try {
    return await look({ batch: { xs: predictions, ys }, predictions });
  } finally {
    dispose([predictions, ys]);
  }
}

const argMax = (row: readonly number[]): number => row.indexOf(Math.max(...row));
const softmax = (row: readonly number[]): number[] => {
  const powers = row.map((z) => Math.exp(z));
  return powers.map((power) => power / powers.reduce((a, b) => a + b, 0));
};

onEachBackend('meters of classes', () => {
  test('top-k counts the examples whose class is among the first k of the scores in order', async () => {
    await fc.assert(
      fc.asyncProperty(classification(5), fc.integer({ min: 1, max: 5 }), async (drawn, k) => {
        const hits = drawn.scores.filter((row, i) => {
          const order = row.map((_, j) => j).toSorted((a, b) => row[b]! - row[a]! || a - b);
          return order.slice(0, k).includes(drawn.labels[i]!);
        });
        const found = await seenOf(drawn, (seen) => find(topKMeter({ k, from: 'probabilities' }), seen));
        expect(valueOf(found, `top-${k} accuracy`)).toBe(hits.length / drawn.labels.length);
        if (k > 1) return;
        expect(valueOf(await seenOf(drawn, (seen) => find(accuracyMeter(), seen)), 'accuracy')).toBe(hits.length / drawn.labels.length);
      }),
      { numRuns: 40 },
    );
  });

  test('the confusion matrix and F1 count what lies where', async () => {
    await fc.assert(
      fc.asyncProperty(classification(4), async (drawn) => {
        const predicted = drawn.scores.map(argMax);
        const among = (of: (i: number) => boolean): number => drawn.labels.filter((_, i) => of(i)).length;
        const matrix = [0, 1, 2, 3].map((row) =>
          [0, 1, 2, 3].map((column) => among((i) => drawn.labels[i] === row && predicted[i] === column)),
        );
        const found = await seenOf(drawn, (seen) => find(confusionMeter({ classNames: ['a', 'b', 'c', 'd'] }), seen));
        expect(found).toEqual([
          { kind: 'matrix', name: 'confusion', rows: ['a', 'b', 'c', 'd'], columns: ['a', 'b', 'c', 'd'], values: matrix },
        ]);

        const scores = await seenOf(drawn, (seen) => find(f1Meter(), seen));
        const occurring = [0, 1, 2, 3].filter((k) => drawn.labels.includes(k) || predicted.includes(k));
        const each = occurring.map((k) => {
          const precision = among((i) => predicted[i] === k && drawn.labels[i] === k) / (among((i) => predicted[i] === k) || 1);
          const recall = among((i) => predicted[i] === k && drawn.labels[i] === k) / (among((i) => drawn.labels[i] === k) || 1);
          return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
        });
        for (const [i, k] of occurring.entries()) expect(valueOf(scores, `f1/${k}`)).toBeCloseTo(each[i]!, 12);
        expect(scores).toHaveLength(2 + occurring.length);
        expect(valueOf(scores, 'f1/macro')).toBeCloseTo(each.reduce((a, b) => a + b, 0) / each.length, 12);
        expect(valueOf(scores, 'f1/micro')).toBe(among((i) => predicted[i] === drawn.labels[i]) / drawn.labels.length);
      }),
      { numRuns: 30 },
    );
  });

  test('AUC is the share of pairs in the right order, ties counting half', async () => {
    const rowOf = (j: number): number[] => [0, 1, 2].map((k) => Math.fround(2 * Math.sin(7.1 * j + 3.3 * k)));
    const rows = fc.array(fc.tuple(fc.nat(7), fc.nat(2)), { minLength: 1, maxLength: 30 }); // of eight rows only, so that some are equal
    await fc.assert(
      fc.asyncProperty(rows, async (pairs) => {
        const drawn = { scores: pairs.map(([j]) => rowOf(j)), labels: pairs.map(([, label]) => label) };
        const found = await seenOf(drawn, (seen) => find(aucMeter(), seen));
        const float = drawn.scores.map(softmax);
        const areas = [0, 1, 2].flatMap((k) => {
          const [inside, outside] = [float.filter((_, i) => drawn.labels[i] === k), float.filter((_, i) => drawn.labels[i] !== k)];
          const pairs = inside.flatMap((row) => outside.map((other) => [0, 0.5, 1][Math.sign(row[k]! - other[k]!) + 1]!));
          return pairs.length === 0 ? [] : [[k, pairs.reduce<number>((a, b) => a + b, 0) / pairs.length] as const];
        });
        for (const [k, area] of areas) expect(valueOf(found, `auc/${k}`)).toBeCloseTo(area, 9);
        expect(found).toHaveLength(1 + areas.length);
        if (areas.length > 0) expect(valueOf(found, 'auc')).toBeCloseTo(areas.reduce((sum, [, area]) => sum + area, 0) / areas.length, 9);
      }),
      { numRuns: 40 },
    );
  });

  test.each(['logits', 'probabilities'] as const)('one column of %s says class 1 above its middle', async (from) => {
    const scores = from === 'logits' ? [-1, 0.4, 2, -3] : [0.1, 0.6, 0.9, 0.4];
    const [predictions, ys] = [tensor2d(scores, [4, 1]), tensor2d([0, 1, 1, 1], [4, 1])];
    const seen = { batch: { xs: predictions, ys }, predictions };
    expect(valueOf(await find(accuracyMeter({ from }), seen), 'accuracy')).toBe(0.75);
    expect(await find(aucMeter({ from }), seen)).toEqual([{ kind: 'scalar', name: 'auc', value: from === 'logits' ? 2 / 3 : 1 }]);
    dispose([predictions, ys]);
  });

  test('rows say the class that is largest in them', async () => {
    const [predictions, ys] = [
      tensor2d([
        [0, 1],
        [3, 1],
      ]),
      tensor2d([
        [0.2, 0.8],
        [0.4, 0.6],
      ]),
    ];
    expect(valueOf(await find(accuracyMeter(), { batch: { xs: predictions, ys }, predictions }), 'accuracy')).toBe(0.5);
    dispose([predictions, ys]);
  });

  test('over a validation take all of its batches together, after each epoch', async () => {
    const [sink, inBatches] = [notebook(), notebook()];
    const list = (): Meter[] => [
      accuracyMeter({ of: 'validation' }),
      confusionMeter({ of: 'validation' }),
      f1Meter({ of: 'validation' }),
      aucMeter({ of: 'validation' }),
    ];
    const accuracy = await import('@downhill/training').then(({ accuracy: metric }) => metric);
    const { result } = await smallRun({
      metrics: { accuracy },
      validation: source(),
      hooks: [meters(list(), { sinks: [sink, inBatches] })],
    });
    expect(sink.course('val_accuracy')).toEqual(
      result.history.map(({ step, metrics }) => [step, expect.closeTo(metrics['val_accuracy']!, 6)]),
    );
    expect(sink.course('val_f1/micro')).toEqual(sink.course('val_accuracy'));
    const matrices = sink.readings.filter((reading) => reading.kind === 'matrix');
    expect(matrices.map(({ values }) => values.flat().reduce((a, b) => a + b, 0))).toEqual([26, 26]);
    expect(sink.course('val_auc')).toHaveLength(2);
  });

  test('say what is wrong with what they are shown', async () => {
    const look = async (meter: Meter, predictions: readonly number[], ys: number[]): Promise<unknown> => {
      const [outputs, targets] = [zeros(predictions as number[]), tensor(ys)];
      const failure = await find(meter, { batch: { xs: outputs, ys: targets }, predictions: outputs }).catch((error: unknown) => error);
      dispose([outputs, targets]);
      return failure;
    };
    expect(await look(accuracyMeter(), [2, 3, 4], [0, 1])).toMatchObject({ code: 'shape-mismatch' });
    expect(await look(accuracyMeter(), [2, 3], [0, 1, 2])).toMatchObject({ code: 'shape-mismatch' });
    expect(await look(accuracyMeter(), [2, 3], [0, 3])).toMatchObject({
      code: 'data-invalid',
      message: expect.stringContaining('got 3 at 1'),
    });
    expect(await look(f1Meter({ classNames: ['one'] }), [2, 3], [0, 1])).toMatchObject({ code: 'shape-mismatch' });
  });

  test('without a validation are off after one word', async () => {
    const onProblem = vi.fn<OnProblem>();
    await smallRun({ hooks: [meters([aucMeter({ of: 'validation' })], { onProblem })] });
    expect(onProblem).toHaveBeenCalledExactlyOnceWith({
      source: 'val_auc',
      error: expect.objectContaining({ code: 'unsupported', message: expect.stringContaining('validation') }),
    });
  });
});

describe('meters of classes', () => {
  test.each([
    [() => accuracyMeter({ of: 'test' as never }), '`of` must be one of'],
    [() => aucMeter({ from: 'odds' as never }), '`from` must be one of'],
    [() => topKMeter({ k: 0 }), '`k` must be a whole number, at least 1'],
    [() => f1Meter({ average: 'macro' } as never), 'no option `average`'],
  ])('refuse %s', (make, message) => {
    expect(make).toThrow(DownhillError);
    expect(make).toThrow(message);
  });
});
