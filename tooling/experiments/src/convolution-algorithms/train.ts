import '@tensorflow/tfjs-backend-wasm';
import { mnist, registerRules, runRecipe } from '@downhill/demo/recipe';
import { memoryStore, type ArrayData, type TrainEvent } from '@downhill/training';
import type { ConvolutionAlgorithm } from '@downhill/wasm-kernels';
import type { Outcome, Trial, Watch } from '../experiment.ts';
import { dataSets, type Settings } from './data-sets.ts';
import { ACCURACY, HELD_OUT_LOSS, TRAINING_LOSS } from '../quantities.ts';

/** Trains the demo's network with one algorithm: the same seed gives the same weights and batches to start from. */
export async function trainDigits({ dataSet, arm, seed, plan }: Trial, { signal, onStep }: Watch): Promise<Outcome | undefined> {
  registerRules();
  const { config, heldOut } = plan.settings as unknown as Settings;
  const source = dataSets[dataSet];
  if (source === undefined) throw new Error(`no data set "${dataSet}"`);
  const files = mnist(await source.read(), config.limit);
  const data = { ...files, test: firstOf(files.test, heldOut) };
  let trainingLoss = Number.NaN;
  const result = await runRecipe({
    config: { ...config, seed },
    data,
    convolution: arm as ConvolutionAlgorithm, // in every trial: the choice is the whole process's
    store: memoryStore(),
    members: memoryStore(),
    signal,
    onEvent: follow(onStep, (loss) => (trainingLoss = loss)),
  });
  if (result === undefined) return undefined;
  result.model.dispose();
  const { accuracy, negativeLogLikelihood } = result.chosen.test;
  const quantities = { [ACCURACY]: accuracy, [HELD_OUT_LOSS]: negativeLogLikelihood, [TRAINING_LOSS]: trainingLoss };
  return { quantities, weights: result.hash };
}

const firstOf = (data: ArrayData, count: number): ArrayData => ({ ...data, rows: Int32Array.from({ length: count }, (_, row) => row) });

/** Passes on how a run goes, smoothed over about fifty steps. */
function follow(onStep: Watch['onStep'], onLoss: (lossOfEpoch: number) => void): (event: TrainEvent) => void {
  const SMOOTH = 0.98;
  let [sum, weight] = [0, 0];
  return (event) => {
    if (event.type === 'epoch') onLoss(event.metrics.loss ?? Number.NaN);
    if (event.type !== 'step') return;
    sum = SMOOTH * sum + (1 - SMOOTH) * (event.metrics.accuracy ?? Number.NaN);
    weight = SMOOTH * weight + (1 - SMOOTH);
    onStep(event.step, `epoch ${Math.min(event.epoch + 1, event.epochs)}/${event.epochs}, accuracy ${(sum / weight).toFixed(4)}`);
  };
}
