import {
  accuracy,
  combine,
  mean,
  negativeLogLikelihood,
  openEnsemble,
  predictedClasses,
  predictMembers,
  snapshots,
  type Outputs,
} from '@downhill/ensembles';
import { sgd } from '@downhill/optimizers';
import { batches, memoryStore, softmaxCrossEntropy, train, type ArrayData } from '@downhill/training';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { CLASSES } from '../../recipe/mnist.ts';
import { cycleOf } from './cycle.ts';
import { HALF_SIDE } from './digit-size.ts';
import { BATCH, type SnapshotState } from './snapshot-state.ts';

const UNITS = 32;
const MOMENTUM = 0.9; // Huang et al. 2017
const AT_ONCE = 500; // digits

/** Digits at half size, to learn from and to be judged by. */
export interface Digits {
  readonly training: ArrayData;
  readonly heldOut: ArrayData;
}

/** How well held-out digits are told apart. */
export interface Score {
  readonly accuracy: number;
  readonly loss: number;
}

/** A snapshot on its own, and together with all before it. */
export interface JudgedSnapshot {
  /** After how many steps it was taken. */
  readonly step: number;
  readonly alone: Score;
  readonly ensemble: Score;
  /** What it takes each held-out digit for. */
  readonly answers: readonly number[];
  /** What it and those before it together take each for. */
  readonly together: readonly number[];
}

export interface SnapshotRun {
  readonly state: SnapshotState;
  readonly digits: Digits;
  readonly signal: AbortSignal;
  /** Hears of each batch's loss. */
  onLoss(loss: number): void;
  onSnapshot(snapshot: JudgedSnapshot): void;
}

/** Two layers that give logits; their weights are drawn when training starts. */
const makeModel = (): Sequential =>
  sequential({
    layers: [
      layers.dense({ name: 'hidden', inputShape: [HALF_SIDE ** 2], units: UNITS, activation: 'relu', kernelInitializer: 'heNormal' }),
      layers.dense({ name: 'logits', units: CLASSES }),
    ],
  });

/** Trains one network under the cycles with the package's hook, then judges its snapshots by digits that it has not seen. */
export async function snapshotRun({ state, digits, signal, onLoss, onSnapshot }: SnapshotRun): Promise<void> {
  const { rate, ends } = cycleOf(state);
  const store = memoryStore();
  const model = makeModel();
  try {
    await train({
      model,
      loss: softmaxCrossEntropy,
      transform: sgd({ learningRate: rate, momentum: MOMENTUM }),
      batches: batches(digits.training, { batchSize: BATCH, shuffle: state.seed }),
      epochs: state.epochs,
      seed: state.seed,
      hooks: [snapshots({ model, store, ends })],
      signal,
      onEvent(event) {
        if (event.type === 'step') onLoss(event.loss);
      },
    });
  } finally {
    model.dispose();
  }
  if (signal.aborted) return;
  const { members } = await openEnsemble(store, { build: makeModel, activation: 'softmax' });
  const { heldOut } = digits;
  const labels = Int32Array.from(heldOut.ys.values);
  const score = (outputs: Outputs): Score => ({ accuracy: accuracy(outputs, labels), loss: negativeLogLikelihood(outputs, labels) });
  const seen: Outputs[] = [];
  for (const [index, member] of members.entries()) {
    const source = batches(heldOut, { batchSize: AT_ONCE, shuffle: false });
    seen.push(...(await predictMembers([member], source, { signal })));
    const [alone, all] = [seen.at(-1), combine(seen, mean())];
    if (alone === undefined) return;
    onSnapshot({
      step: ends[index] ?? 0,
      alone: score(alone),
      ensemble: score(all),
      answers: [...predictedClasses(alone)],
      together: [...predictedClasses(all)],
    });
  }
}
