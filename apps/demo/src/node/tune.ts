import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrozenTrial, Settings, StudyProgress } from '@downhill/tuning';
import { journalFile } from '@downhill/tuning/node';
import { studyReport } from '@downhill/tuning/report';
import type { RecipeConfig } from '../recipe/config.ts';
import { mnist, type MnistFiles } from '../recipe/mnist.ts';
import { tuneRecipe, TUNE_IMAGES, tunePhases, type TunedSettings, type TunePhase } from '../recipe/tune-recipe.ts';
import { pace } from './pace.ts';
import type { ProgressView } from './show-progress.ts';

/**
 * Searches the settings of a run: `study.journal` holds the trials, which Optuna and its dashboard read too, and a page shows each of the two studies.
 *
 * @returns `undefined` where the signal ended it early.
 */
export async function tune(
  { config, files, folder, signal }: TuneRequest,
  { view, shown }: { readonly view: ProgressView; readonly shown: (path: string) => string },
): Promise<TunedSettings | undefined> {
  mkdirSync(folder, { recursive: true });
  let paced = pace();
  const tuned = await tuneRecipe({
    config,
    data: mnist(files, Math.min(config.limit, TUNE_IMAGES)),
    storage: journalFile(join(folder, 'study.journal')),
    signal,
    onProgress(phase, progress) {
      if (progress.type === 'end') view.say(trialText(phase, progress));
    },
    onEvent(event) {
      if (event.type === 'start') paced = pace();
      if (event.type === 'step') view.update(paced(event));
    },
  }).finally(view.end);
  if (tuned === undefined) return undefined;
  for (const study of tuned.studies) {
    const page = join(folder, `${study.name}.html`);
    writeFileSync(page, studyReport(study));
    view.say(`report: ${shown(page)}`);
  }
  view.say(`best: ${settingsText(tuned.best)}: ${tuned.found === undefined ? 'all trials failed' : endText(tuned.found)}\n`);
  return tuned.best;
}

export interface TuneRequest {
  readonly config: RecipeConfig;
  readonly files: MnistFiles;
  /** Where the search is kept. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** What a search will do, in a line. */
export const tuneText = (trials: number): string =>
  tunePhases(trials)
    .map(({ name, trials: count, epochs }) => `${name}: ${count} settings of ${epochs.first} to ${epochs.last} epochs`)
    .join(', ');

function trialText({ name }: TunePhase, { trial, best }: StudyProgress<TunedSettings & Settings>): string {
  const shown = best === undefined ? '' : ` (best ${best.value?.toFixed(4)})`;
  return `${name} ${trial.number}${trial.continues === undefined ? '' : `, goes on from ${trial.continues}`}: ${settingsText(trial.settings)}: ${endText(trial)}${shown}`;
}

function endText({ state, reports, error }: FrozenTrial): string {
  const last = reports.at(-1);
  const loss = last === undefined ? 'no loss' : `loss ${last.value.toFixed(4)} after ${last.step} ${last.step === 1 ? 'epoch' : 'epochs'}`;
  return state === 'failed' ? `failed: ${error}` : `${loss}${state === 'pruned' ? ', paused' : ''}`;
}

const settingsText = ({ learningRate, weightDecay }: TunedSettings): string =>
  `learning rate ${Number(learningRate.toPrecision(3))}, weight decay ${Number(weightDecay.toPrecision(3))}`;
