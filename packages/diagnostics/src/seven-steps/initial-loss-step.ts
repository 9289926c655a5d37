import { batches, disposeBatch } from '@downhill/training';
import { checkInitialLoss, judgedInitialLoss } from '../before-training/check-initial-loss.ts';
import type { Outcome } from './guided-step.ts';
import { stopped, type StepOfWalk, type Walk } from './walk.ts';

/** Batches that are looked at. */
const LOOKS = 8;

/** Slide 49: the loss before any training is that of a guess, log C for a softmax over C classes. */
export const initialLossStep: StepOfWalk = {
  name: 'initial loss',
  does: 'Measures the loss of the untrained model and compares it with that of a guess.',
  pointless: () => undefined,
  run: lookAtLoss,
};

async function lookAtLoss({ subject, training, batchSize, seed, expectedLoss, emit }: Walk): Promise<Outcome> {
  const { model, loss, penalties, signal } = subject;
  const objective = { model, loss, ...(penalties === undefined ? {} : { penalties: () => [penalties()].flat() }) };
  const source = batches(training, { batchSize, shuffle: seed });
  const of = Math.min(LOOKS, source.batchesPerEpoch);
  const seen: Readonly<Record<string, number>>[] = [];
  for await (const batch of source.batches(0)) {
    try {
      if (signal?.aborted === true) throw stopped();
      const { numbers } = await checkInitialLoss({
        ...objective,
        batch,
        ...(expectedLoss === undefined ? {} : { expected: expectedLoss }),
      });
      seen.push(numbers);
    } finally {
      disposeBatch(batch);
    }
    emit({ type: 'progress', step: 1, done: seen.length, of, text: 'batches' });
    if (seen.length === of) break;
  }
  const mean = (name: string): number => seen.reduce((sum, numbers) => sum + (numbers[name] ?? Number.NaN), 0) / seen.length;
  const [measured, guess] = [mean('measured'), mean('expected')];
  return {
    check: judgedInitialLoss(measured, guess, mean('penalties')),
    chart: {
      title: 'The loss before training',
      xLabel: 'batch',
      yLabel: 'loss',
      series: [{ name: 'measured', y: seen.map((numbers) => numbers['measured'] ?? null) }],
      guides: [{ y: guess, label: 'to be expected' }],
    },
    initialLoss: measured,
    guess,
  };
}
