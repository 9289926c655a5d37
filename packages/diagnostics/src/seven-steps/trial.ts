import { accuracy, batches, train, type Hook, type TrainEvent } from '@downhill/training';
import { keepingModel } from '../range-test/keeping-model.ts';
import type { Curves, CurveValue } from '../curves.ts';
import type { GuidedTrial, RuleSetting } from './guided-step.ts';
import type { Settings } from './search.ts';
import { stopped, type Walk } from './walk.ts';

/** Validation needs no gradients, so that larger batches fit. */
const VALIDATION_BATCH = 256;

/** Stops a run whose loss is no number: what comes after is none either. */
const endWhereBroken: Hook = {
  kind: 'hook',
  name: 'broken',
  onStep: ({ loss }) => (Number.isFinite(loss) ? undefined : 'stop'),
};

/** Tells the search of the loss after each epoch, and ends the run when it says so. */
const reporting = (report: NonNullable<TrialOptions['report']>): Hook => ({
  kind: 'hook',
  name: 'report',
  onEpoch: async ({ epoch, metrics }) => ((await report(epoch, metrics['val_loss'] ?? Number.NaN)) ? 'pause' : undefined),
});

/** What one of the searches tries: when, and who hears of it. */
export interface TrialOptions {
  readonly step: number;
  readonly settings: Settings<RuleSetting>;
  readonly epochs: number;
  readonly initialLoss: number | undefined;
  readonly report: ((epoch: number, loss: number) => Promise<boolean>) | undefined;
  readonly onEvent: (event: TrainEvent) => void;
}

/**
 * Trains with some settings from the model's own start, and puts the model back. The loss is that of the validation data after the last epoch,
 * infinite where the run broke off.
 *
 * @throws DownhillError `aborted`
 */
export function trial(walk: Walk, { step, settings, epochs, initialLoss, report, onEvent }: TrialOptions): Promise<GuidedTrial> {
  const { subject, training, validation, transform, batchSize, seed, task } = walk;
  return keepingModel(subject.model, async () => {
    const run = await train({
      ...subject,
      transform: transform(settings),
      batches: batches(training, { batchSize, shuffle: seed }),
      validation: batches(validation, { batchSize: VALIDATION_BATCH, shuffle: false }),
      epochs,
      metrics: task.lossFunction === 'crossEntropy' ? { accuracy } : {},
      hooks: [endWhereBroken, ...(report === undefined ? [] : [reporting(report)])],
      nonFinite: 'report',
      onEvent,
    });
    if (run.stopped === 'signal') throw stopped();
    const column = (name: string): readonly CurveValue[] => {
      const seen = run.history.map(({ metrics }) => finite(metrics[name]));
      return run.stopped === 'hook' && seen.length < epochs ? [...seen, null] : seen;
    };
    const curves: Curves = {
      trainLoss: column('loss'),
      validationLoss: column('val_loss'),
      ...(task.lossFunction === 'crossEntropy' ? { trainAccuracy: column('accuracy'), validationAccuracy: column('val_accuracy') } : {}),
      learningRate: column('loss').map(() => settings.learningRate),
      ...(initialLoss === undefined ? {} : { initialLoss }),
      ...task,
    };
    return { step, settings, curves, loss: curves.validationLoss?.at(-1) ?? Infinity };
  });
}

const finite = (value: number | undefined): CurveValue => (value !== undefined && Number.isFinite(value) ? value : null);
