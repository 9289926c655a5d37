import { overfitSmallSample } from '../before-training/overfit-small-sample.ts';
import type { Found, Outcome } from './guided-step.ts';
import type { StepOfWalk, Walk } from './walk.ts';

/** Slide 50: a few examples can be learned by heart. */
export const overfitStep: StepOfWalk = {
  name: 'overfit a small sample',
  does: 'Trains on 16 examples until the model knows them by heart.',
  pointless: ({ initialLoss }: Found) =>
    Number.isFinite(initialLoss) ? undefined : 'The loss is no finite number before any training, so that nothing can be learned.',
  run: overfit,
};

async function overfit({ subject, training, seed, emit }: Walk): Promise<Outcome> {
  const { model, loss, signal } = subject;
  let done = 0;
  const { curve, ...check } = await overfitSmallSample({
    model,
    loss,
    data: training,
    seed,
    onStep: (value) => emit({ type: 'progress', step: 2, done: ++done, of: STEPS, text: `loss ${value.toPrecision(3)}` }),
    ...(signal === undefined ? {} : { signal }),
  });
  const { guess = Number.NaN } = check.numbers;
  return {
    check,
    chart: {
      title: `The loss on ${check.numbers['examples'] ?? 0} examples`,
      xLabel: 'step',
      yLabel: 'loss',
      logY: curve.every((value) => value > 0),
      series: [{ name: 'loss', y: curve }],
      guides: [{ y: guess, label: 'a guess' }],
    },
  };
}

/** The default of `overfitSmallSample` for its first learning rate, which mostly is enough. */
const STEPS = 300;
