import { optimizer } from '@downhill/tfjs';
import { accuracy, batches, evaluate, meanSquaredError, softmaxCrossEntropy, train } from '@downhill/training';
import { examples, spoiled } from './examples.ts';
import { network } from './network.ts';
import { transformOf } from './rules.ts';
import type { Settings } from './settings.ts';

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

const rounded = (value: number): number | null => (Number.isFinite(value) ? Number(value.toPrecision(5)) : null);
