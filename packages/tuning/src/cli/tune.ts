import { isDownhillError, type StudyView } from '@downhill/core';
import { numberText } from '@downhill/core/page';
import { settle, type Settlement } from '../study/settling/settle.ts';
import type { StudyProgress } from '../study/study.ts';
import { bestTrial } from '../view/trials.ts';
import { readOptions, type Options } from './options.ts';
import { bestOf, summaryOf } from './outcome.ts';
import { prepare, type Prepared } from './prepare.ts';
import { progress, type Progress } from './progress.ts';
import { INTERRUPTED, stopSignal } from './stop-signal.ts';
import { writePictures } from './write-pictures.ts';

/** The program. @returns its exit code. @throws UsageError for what cannot be begun */
export async function tune(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  if (options === undefined) return 0;
  const shown = progress(process.stderr);
  const stop = stopSignal(() => shown.say('Stopping: what runs is told, and kept. Once more ends it at once.'));
  const prepared = await prepare(options);
  try {
    const { view, settlement } = await search(prepared, options, stop.signal, shown);
    writePictures(view, { ...options, ...(settlement === undefined ? {} : { best: settlement.winner.number }) });
    const best = bestOf(view, settlement);
    shown.say(summaryOf(view, settlement));
    const printed = options.json === true ? { ...view, best } : best;
    if (printed !== undefined) process.stdout.write(`${JSON.stringify(printed)}\n`);
    if (stop.signal.aborted) {
      shown.say(wayOn(options));
      return INTERRUPTED;
    }
    return bestTrial(view) === undefined ? 1 : 0;
  } finally {
    shown.end();
    stop.end();
    await prepared.close();
  }
}

interface Found {
  readonly view: StudyView;
  readonly settlement?: Settlement;
}

async function search({ study, objective, parallel }: Prepared, options: Options, signal: AbortSignal, shown: Progress): Promise<Found> {
  const { trials, timeout, settle: repeats } = options;
  const onEvent = (event: StudyProgress): void => {
    if (event.type === 'end') shown.update({ done: event.done, of: event.of, text: progressText(event) });
  };
  const view = await study.optimize(objective, {
    ...(trials === undefined ? {} : { total: trials }),
    ...(timeout === undefined ? {} : { timeout }),
    parallel,
    signal,
    onEvent,
  });
  if (repeats === undefined || signal.aborted || bestTrial(view) === undefined) return { view };
  const settlement = await settle(study, objective, {
    minRepeats: Math.min(3, repeats),
    maxRepeats: repeats,
    parallel,
    signal,
    onEvent: (event) => {
      if (event.type === 'round') shown.say(`Measuring again: ${event.racing.map(({ number }) => `trial ${number}`).join(', ')}.`);
    },
  }).catch((error: unknown) => {
    if (isDownhillError(error) && error.code === 'aborted') return undefined;
    throw error;
  });
  return { view: await study.view(), ...(settlement === undefined ? {} : { settlement }) };
}

function progressText({ trial, best }: StudyProgress): string {
  const { number, state, value } = trial;
  const now = `trial ${number} ${value === undefined ? state : numberText(value, 5)}`;
  return best?.value === undefined ? now : `${now}, best ${numberText(best.value, 5)} of trial ${best.number}`;
}

const wayOn = ({ storage, name }: Options): string =>
  storage === undefined
    ? 'Nothing is kept: with --storage FILE the same command would go on from here.'
    : `The study '${name}' is kept in ${storage}: the same command goes on from here.`;
