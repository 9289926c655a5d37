import { randomStream, schedule, streamKey, type Transform } from '@downhill/core';
import { adam, adamw, chain, decayWeights, rmsprop, sgd } from '@downhill/optimizers';
import { seedModel, seededInitializer } from '@downhill/tfjs/layers';
import { optimizer } from '@downhill/tfjs';
import {
  accuracy,
  batches,
  evaluate,
  meanSquaredError,
  softmaxCrossEntropy,
  train,
  type ArrayData,
  type BatchSource,
} from '@downhill/training';
import { mul } from '@tensorflow/tfjs-core';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import type { Rule, Settings } from './settings.ts';

/** Curves in the form of the reference file. */
export interface RunCurves {
  readonly train_loss: readonly (number | null)[];
  readonly val_loss: readonly (number | null)[];
  readonly train_acc: readonly (number | null)[];
  readonly val_acc: readonly (number | null)[];
  readonly lr: readonly (number | null)[];
  readonly initial_loss: number | null;
  readonly classes: number;
  readonly loss: 'cross_entropy' | 'mse';
}

/** A finished run that can be gone on with. */
export interface Run {
  readonly curves: RunCurves;
  /** The training loss when it ended, and after `epochs` more at `factor` times the rate it began with. */
  goOn(epochs: number, factor: number): Promise<{ readonly before: number; readonly after: number }>;
  dispose(): void;
}

const VALIDATION = 300;

/** Trains as the settings say. */
export async function provokedRun(settings: Settings): Promise<Run> {
  const { loss: lossName, epochs, seed, task } = settings;
  const loss = lossName === 'mse' ? meanSquaredError : softmaxCrossEntropy;
  const model = network(settings);
  const training = examples(settings, 0, settings.samples, settings.wrong);
  const validation = batches(examples(settings, settings.samples, VALIDATION, 0), { batchSize: VALIDATION, shuffle: false });
  const whole = batches(training, { batchSize: settings.samples, shuffle: false });
  const source = spoiled(batches(training, { batchSize: settings.batch, shuffle: seed }), settings.badEpoch);
  const lossNow = async (): Promise<number> => (await evaluate({ model, loss, batches: whole }))['loss'] ?? Number.NaN;
  const initial = await lossNow();
  const rateAt = (step: number): number => settings.rate * settings.decay(Math.min(1, Math.floor(step / source.batchesPerEpoch) / epochs));
  const rule = optimizer(transformOf(settings, rateAt));
  const { history } = await train({
    model,
    loss,
    optimizer: rule,
    metrics: { accuracy },
    batches: source,
    validation,
    epochs,
    nonFinite: 'report',
  });
  const column = (name: string): (number | null)[] => history.map(({ metrics }) => rounded(metrics[name] ?? Number.NaN));
  return {
    curves: {
      train_loss: column('loss'),
      val_loss: column('val_loss'),
      train_acc: column('accuracy'),
      val_acc: column('val_accuracy'),
      lr: history.map((_, epoch) => rounded(rateAt(epoch * source.batchesPerEpoch))),
      initial_loss: rounded(initial),
      classes: task.classes,
      loss: lossName,
    },
    async goOn(more, factor) {
      const before = await lossNow();
      const next = optimizer(transformOf(settings, () => settings.rate * factor));
      try {
        await train({
          model,
          loss,
          optimizer: next,
          batches: batches(training, { batchSize: settings.batch, shuffle: seed + 1 }),
          epochs: more,
          nonFinite: 'report',
        });
      } finally {
        next.dispose();
      }
      return { before, after: await lossNow() };
    },
    dispose() {
      rule.dispose();
      model.dispose();
    },
  };
}

function network({ task, hidden, filters, activation, scale, dropout, seed }: Settings): Sequential {
  const kernelInitializer = seededInitializer({ name: 'glorotUniform', seed });
  const parts: layers.Layer[] =
    filters > 0 && task.picture !== undefined
      ? [
          layers.reshape({ targetShape: [...task.picture], inputShape: [task.features] }),
          layers.conv2d({ filters, kernelSize: 3, activation, kernelInitializer }),
          layers.maxPooling2d({ poolSize: 2 }),
          layers.flatten(),
        ]
      : [layers.reshape({ targetShape: [task.features], inputShape: [task.features] })];
  for (const units of hidden) {
    parts.push(layers.dense({ units, activation, kernelInitializer }));
    if (dropout > 0) parts.push(layers.dropout({ rate: dropout, seed }));
  }
  parts.push(layers.dense({ units: task.classes, kernelInitializer }));
  const model = sequential({ layers: parts });
  seedModel(model, seed);
  for (const weight of model.trainableWeights) {
    const value = mul(weight.read(), scale);
    weight.write(value);
    value.dispose();
  }
  return model;
}

const rules: Readonly<Record<Rule, (learningRate: ReturnType<typeof schedule>, weightDecay: number) => Transform>> = {
  sgd: (learningRate, weightDecay) => sgd({ learningRate, weightDecay }),
  momentum: (learningRate, weightDecay) => sgd({ learningRate, weightDecay, momentum: 0.9 }),
  adam: (learningRate, weightDecay) =>
    weightDecay > 0 ? chain(decayWeights(weightDecay), adam({ learningRate })) : adamw({ learningRate, weightDecay: 1e-4 }),
  rmsprop: (learningRate, weightDecay) =>
    weightDecay > 0 ? chain(decayWeights(weightDecay), rmsprop({ learningRate })) : rmsprop({ learningRate }),
};

const transformOf = ({ rule, weightDecay }: Settings, at: (step: number) => number): Transform =>
  rules[rule](schedule({ name: 'provoked', config: {}, at }), weightDecay);

function examples({ task, loss, seed }: Settings, from: number, count: number, wrong: number): ArrayData {
  const { bernoulliAt, integerBelow } = randomStream(streamKey(seed, 'wrong labels'));
  const xs = new Float32Array(count * task.features);
  const labels = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const { x, y } = task.example(from + i);
    xs.set(x, i * task.features);
    labels[i] = bernoulliAt(2 * i, wrong) ? (y + 1 + integerBelow(2 * i + 1, task.classes - 1)) % task.classes : y;
  }
  const rows = Float32Array.from({ length: count * task.classes }, (_, i) =>
    labels[Math.floor(i / task.classes)] === i % task.classes ? 1 : 0,
  );
  const ys = loss === 'mse' ? { values: rows, shape: [task.classes] } : { values: labels, shape: [] };
  return { xs: { values: xs, shape: [task.features] }, ys };
}

/** Batches of which the first of one epoch holds a NaN. */
function spoiled(source: BatchSource, badEpoch: number | undefined): BatchSource {
  if (badEpoch === undefined) return source;
  return {
    ...source,
    async *batches(epoch, from = 0) {
      let first = epoch === badEpoch && from === 0;
      for await (const batch of source.batches(epoch, from)) {
        if (first && !Array.isArray(batch.xs)) {
          const xs = mul(batch.xs, Number.NaN);
          batch.xs.dispose();
          yield { ...batch, xs };
        } else yield batch;
        first = false;
      }
    },
  };
}

const rounded = (value: number): number | null => (Number.isFinite(value) ? Number(value.toPrecision(5)) : null);
