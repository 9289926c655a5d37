import { train, type TrainEvent } from '@downhill/training';
import {
  asha,
  bestTrial,
  float,
  openStudy,
  reportEpochs,
  sobol,
  space,
  type FrozenTrial,
  type Pruned,
  type Settings,
  type Storage,
  type StudyProgress,
  type StudyView,
  type Trial,
} from '@downhill/tuning';
import type { RecipeConfig } from './config.ts';
import type { Mnist } from './mnist.ts';
import { prepare } from './prepare.ts';
import { transformFor } from './rules.ts';
import { prunerFor, samplerFor } from './search-plugins.ts';
import { CHECKPOINT_SECONDS } from './run-recipe.ts';

/** What is searched. */
export type TunedSettings = Pick<RecipeConfig, 'learningRate' | 'weightDecay'>;

/** A part of the search. */
export interface TunePhase {
  readonly name: 'coarse' | 'fine';
  /** Settings that it tries. */
  readonly trials: number;
  /** Epochs after which a trial first pauses, and those of a trial that came through. */
  readonly epochs: { readonly first: number; readonly last: number };
  /** How many times below and above the settings in its middle it looks. */
  readonly reach: { readonly learningRate: number; readonly weightDecay: number };
}

/** Slides 52 and 53: two thirds of the settings far and wide and briefly, the others close to the best of them and for longer. */
export function tunePhases(trials: number): readonly TunePhase[] {
  const coarse = Math.ceil((2 * trials) / 3);
  return [
    { name: 'coarse', trials: coarse, epochs: { first: 1, last: 4 }, reach: { learningRate: 30, weightDecay: 30 } },
    { name: 'fine', trials: trials - coarse, epochs: { first: 2, last: 8 }, reach: { learningRate: 3, weightDecay: 3 } },
  ];
}

/** Training images of a trial: a fifth of them tells good settings from bad ones. */
export const TUNE_IMAGES = 12_000;

export interface TuneOptions {
  /** Its learning rate and weight decay are the middle of the search. */
  readonly config: RecipeConfig;
  /** The images of a trial; its test images stay out of it. */
  readonly data: Mnist;
  /** Holds the studies `coarse` and `fine`; a search that was interrupted goes on from it. */
  readonly storage: Storage;
  readonly signal?: AbortSignal;
  readonly onProgress?: (phase: TunePhase, progress: StudyProgress<TunedSettings & Settings>) => void;
  /** What happens within the trial at hand. */
  readonly onEvent?: (event: TrainEvent) => void;
}

/** What a search came to. */
export interface Tuned {
  readonly best: TunedSettings;
  /** The trial that had them; none where all failed. */
  readonly found?: FrozenTrial;
  readonly studies: readonly StudyView[];
}

/**
 * Searches learning rate and weight decay, coarse to fine, for a low loss on held-out images. Asynchronous successive halving (ASHA) lets the better
 * half of the trials go on for twice as many epochs, from their checkpoints. The config may name another sampler and another pruner.
 *
 * @returns `undefined` where the signal ended it early; the storage then holds where it stands.
 */
export async function tuneRecipe(options: TuneOptions): Promise<Tuned | undefined> {
  const { config, storage, signal, onProgress } = options;
  let found: FrozenTrial | undefined;
  const studies: StudyView[] = [];
  for (const phase of tunePhases(config.tune).filter(({ trials }) => trials > 0)) {
    const middle = settingsOf(found) ?? config;
    const study = await openStudy({
      name: phase.name,
      space: space({
        learningRate: around(middle.learningRate, phase.reach.learningRate),
        weightDecay: around(Math.max(middle.weightDecay, LEAST_DECAY), phase.reach.weightDecay),
      }),
      sampler: samplerFor(config) ?? sobol(),
      pruner: prunerFor(config) ?? asha({ minResource: phase.epochs.first, maxResource: phase.epochs.last, reductionFactor: 2 }),
      seed: config.seed,
      storage,
    });
    const view = await study.optimize((trial) => trainTrial(options, phase, trial), {
      total: phase.trials,
      ...(signal === undefined ? {} : { signal }),
      onEvent: (progress) => onProgress?.(phase, progress),
    });
    if (signal?.aborted === true) return undefined;
    studies.push(view);
    found = [found, leading(view)].filter((trial) => trial !== undefined).toSorted((a, b) => lossOf(a) - lossOf(b))[0];
  }
  return { best: settingsOf(found) ?? config, ...(found === undefined ? {} : { found }), studies };
}

/** The middle of a search of the weight decay that is to start from none. */
const LEAST_DECAY = 1e-3;

const around = (value: number, times: number) => float(value / times, value * times, { log: true });

/** The best of those that came through, else of those that came furthest. */
function leading(study: StudyView): FrozenTrial | undefined {
  const best = bestTrial(study);
  if (best !== undefined) return best;
  const reached = ({ reports }: FrozenTrial): number => reports.at(-1)?.step ?? -1;
  return study.trials
    .filter((trial) => Number.isFinite(lossOf(trial)))
    .toSorted((a, b) => reached(b) - reached(a) || lossOf(a) - lossOf(b))[0];
}

const lossOf = ({ reports }: FrozenTrial): number => reports.at(-1)?.value ?? Infinity;

const settingsOf = (trial: FrozenTrial | undefined): TunedSettings | undefined => trial?.settings as TunedSettings | undefined;

/** One trial: the recipe's network, trained from its last checkpoint on. */
async function trainTrial(
  { config, data, onEvent }: TuneOptions,
  { epochs }: TunePhase,
  trial: Trial<TunedSettings & Settings>,
): Promise<number | Pruned> {
  const tried = { ...config, ...trial.settings, emaDecay: 0, seed: trial.seed };
  const { options, buildModel } = await prepare(tried, data.training);
  const model = buildModel();
  const reports = reportEpochs(trial);
  try {
    await train({
      ...options,
      model,
      transform: transformFor(tried, epochs.last * options.batches.batchesPerEpoch),
      epochs: epochs.last,
      seed: trial.seed,
      hooks: [reports],
      checkpoints: { store: trial.checkpoints, resume: true, everySeconds: CHECKPOINT_SECONDS, keep: 1 },
      signal: trial.signal,
      ...(onEvent === undefined ? {} : { onEvent }),
    });
    return reports.outcome();
  } finally {
    model.dispose();
  }
}
