import type { Reading } from '@downhill/diagnostics';
import type { Hook, TrainEvent } from '@downhill/training';
import type { RecipeConfig } from '../../recipe/config.ts';
import type { Mnist } from '../../recipe/mnist.ts';
import { runRecipe } from '../../recipe/run-recipe.ts';
import { answererOf, type Answerer } from './answer-digit.ts';
import { judgedOf } from './judged.ts';
import type { RunLibrary } from './run-library.ts';
import { rewound, withReadings, type RunRecord } from './run-record.ts';
import type { Steering } from './steering.ts';
import type { TrainAnswer } from './train-protocol.ts';
import { watchRun } from './watch-run.ts';

export interface RecipeRunOptions {
  readonly id: string;
  readonly config: RecipeConfig;
  readonly data: Mnist;
  /** The run as it was left; none for a new one. */
  readonly kept: RunRecord | undefined;
  /** Why the config's backend is the one. */
  readonly why: string;
  readonly library: RunLibrary;
  readonly steering: Steering;
  tell(answer: TrainAnswer): void;
}

const PACE = 200; // ms between two looks at a run: faster than anybody reads

/**
 * Runs the recipe, tells how it goes and keeps its record.
 *
 * @returns Who answers for what was learned; `undefined` where the run was stopped before it was judged.
 */
export async function recipeRun({ id, config, data, kept, why, library, steering, tell }: RecipeRunOptions): Promise<Answerer | undefined> {
  let record: RunRecord = kept ?? { id, started: Date.now(), config, step: 0, steps: 0, state: 'under way', curves: {} };
  let readings: Reading[] = [];
  let shown = 0;
  let answerer: Answerer | undefined;
  const show = (): void => {
    record = withReadings(record, readings);
    readings = [];
    shown = performance.now();
    tell({ type: 'progress', record });
  };
  const save = async (): Promise<void> => {
    show();
    await library.save(record);
  };
  const onEvent = (event: TrainEvent): void => {
    switch (event.type) {
      case 'start':
        record = { ...rewound(record, event.step), steps: event.steps };
        tell({ type: 'started', backend: config.backend, why, resumedAt: event.resumedFrom === undefined ? undefined : event.step });
        show();
        break;
      case 'step':
        record = { ...record, step: event.step };
        if (performance.now() - shown > PACE) show();
        break;
      case 'checkpoint':
        tell({ type: 'checkpoint', step: event.step });
        break;
      case 'refused':
        tell({ type: 'problem', text: `The checkpoint ${event.name} is damaged, the one before it is used: ${event.message}` });
        break;
      case 'epoch':
      case 'end':
        break;
      default:
        event satisfies never;
    }
  };
  const keeping: Hook = {
    kind: 'hook',
    name: 'keeping',
    readsStatistics: () => false,
    onStart: () => save(),
    async onBatch(_, { step }) {
      if (!steering.isHeld()) return;
      show();
      tell({ type: 'held', step });
      await steering.released();
      if (!steering.signal.aborted) tell({ type: 'going' });
    },
    onEpoch: () => save(),
  };
  const watching = watchRun({
    reading: (reading) => void readings.push(reading),
    verdict: (verdict) => (record = { ...record, verdict }),
    problem: (text) => tell({ type: 'problem', text }),
  });
  const result = await runRecipe({
    ...{ config, data, onEvent },
    resume: kept !== undefined,
    signal: steering.signal,
    store: library.checkpointsOf(id),
    members: library.membersOf(id),
    hooks: [...watching, keeping],
    checkpointWanted: () => steering.takeWish(),
    async onLearned(learned) {
      show();
      tell({ type: 'busy', text: 'Judging on the test images' });
      answerer = await answererOf(learned, data.test);
    },
  });
  if (result === undefined) {
    answerer?.dispose();
    await save();
    tell({ type: 'ended', how: 'stopped' });
    return undefined;
  }
  record = { ...record, state: 'finished', accuracy: result.chosen.test.accuracy };
  await save();
  result.model.dispose();
  tell({ type: 'judged', judged: judgedOf(result, data) });
  tell({ type: 'ended', how: 'finished' });
  return answerer;
}
