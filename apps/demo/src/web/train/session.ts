import { plainMessage } from '@downhill/core';
import type { Reading } from '@downhill/diagnostics';
import type { Hook, TrainEvent } from '@downhill/training';
import { augmentationNames } from '../../recipe/augmentations.ts';
import { checkConfig } from '../../recipe/config.ts';
import type { Mnist } from '../../recipe/mnist.ts';
import { optimizerNames, scheduleNames, usualNumbers } from '../../recipe/rules.ts';
import { runRecipe } from '../../recipe/run-recipe.ts';
import { answererOf, type Answerer } from './answer-digit.ts';
import { gate } from './gate.ts';
import { judgedOf } from './judged.ts';
import type { OpenedBackend } from './open-backend.ts';
import { orMemory } from './or-memory.ts';
import { runLibrary, type Stores } from './run-library.ts';
import { rewound, withReadings, type RunRecord } from './run-record.ts';
import type { TrainAnswer, TrainConfig, TrainRequest } from './train-protocol.ts';
import { watchRun } from './watch-run.ts';

/** What a session stands on: a worker of a page, or a test. */
export interface SessionGround {
  tell(answer: TrainAnswer): void;
  readonly stores: Stores;
  openBackend(wanted: TrainConfig['backend']): Promise<OpenedBackend>;
  loadDigits(limit: number): Promise<Mnist>;
}

/** Takes requests, one after the other where they begin something; a run that is under way listens to the others. */
export interface Session {
  take(request: TrainRequest): Promise<void>;
}

const PACE = 200; // ms between two looks at a run: faster than anybody reads

/** Trains and remembers runs as the page asks for it. */
export function session({ tell, stores, openBackend, loadDigits }: SessionGround): Session {
  const refusals = new Set<string>();
  const refused = (error: unknown): void => {
    const text = `${plainMessage(error)} The run goes on, and is kept in memory until this page is left.`;
    if (!refusals.has(text)) tell({ type: 'problem', text });
    refusals.add(text);
  };
  const folders = new Map<string, ReturnType<Stores>>();
  const library = runLibrary((folder) => {
    const store = folders.get(folder) ?? orMemory(stores(folder), refused);
    folders.set(folder, store);
    return store;
  });
  const held = gate();
  let under: AbortController | undefined;
  let wanted = false;
  let answerer: Answerer | undefined;
  const showRuns = async (): Promise<void> => tell({ type: 'runs', runs: await library.list() });

  async function run({ id, config: asked, resume }: Extract<TrainRequest, { type: 'start' }>, signal: AbortSignal): Promise<void> {
    checkConfig('train', { ...asked, backend: asked.backend === 'best' ? 'wasm' : asked.backend });
    const kept = resume ? await library.find(id) : undefined;
    const settings = kept?.config ?? asked;
    tell({ type: 'busy', text: 'Starting the backend' });
    const { backend, why } = await openBackend(settings.backend);
    tell({ type: 'busy', text: 'Fetching the images' });
    const data = await loadDigits(settings.limit);
    // a run goes on with the backend that it began with: another one's bits differ
    const config = { ...settings, backend };
    let record: RunRecord = kept ?? { id, started: Date.now(), config, step: 0, steps: 0, state: 'under way', curves: {} };
    let readings: Reading[] = [];
    let shown = 0;
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
          tell({ type: 'started', backend, why, resumedAt: event.resumedFrom === undefined ? undefined : event.step });
          show();
          break;
        case 'step':
          record = { ...record, step: event.step };
          if (performance.now() - shown > PACE) show();
          break;
        case 'checkpoint':
          wanted = false;
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
    /** Holds the run between two steps, and keeps its record. */
    const steering: Hook = {
      kind: 'hook',
      name: 'steering',
      readsStatistics: () => false,
      onStart: () => save(),
      async onBatch(_, { step }) {
        if (!held.isShut) return;
        show();
        tell({ type: 'held', step });
        await held.passed();
        if (!signal.aborted) tell({ type: 'going' });
      },
      onEpoch: () => save(),
    };
    const watching = watchRun({
      reading: (reading) => void readings.push(reading),
      verdict: (verdict) => (record = { ...record, verdict }),
      problem: (text) => tell({ type: 'problem', text }),
    });
    const result = await runRecipe({
      ...{ config, data, resume, signal, onEvent },
      store: library.checkpointsOf(id),
      members: library.membersOf(id),
      hooks: [...watching, steering],
      checkpointWanted: () => wanted,
      async onLearned(learned) {
        show();
        tell({ type: 'busy', text: 'Judging on the test images' });
        answerer = await answererOf(learned);
      },
    });
    if (result === undefined) {
      await save();
      tell({ type: 'ended', how: 'stopped' });
      return;
    }
    record = { ...record, state: 'finished', accuracy: result.chosen.test.accuracy };
    await save();
    result.model.dispose();
    tell({ type: 'judged', judged: judgedOf(result, data) });
    tell({ type: 'ended', how: 'finished' });
  }

  async function begin(request: Extract<TrainRequest, { type: 'start' }>): Promise<void> {
    if (under !== undefined) throw new Error('A run is under way: stop it first.');
    under = new AbortController();
    answerer?.dispose();
    answerer = undefined;
    held.open();
    wanted = false;
    try {
      await run(request, under.signal);
    } finally {
      under = undefined;
      await showRuns();
    }
  }

  async function perform(request: TrainRequest): Promise<void> {
    switch (request.type) {
      case 'start':
        return begin(request);
      case 'pause':
        wanted = true;
        return held.shut();
      case 'resume':
        return held.open();
      case 'stop':
        under?.abort();
        return held.open();
      case 'checkpoint':
        wanted = true;
        return undefined;
      case 'forget':
        await library.forget(request.id);
        return showRuns();
      case 'ask':
        if (answerer !== undefined) tell({ type: 'answers', answers: await answerer.answer(request.picture) });
        return undefined;
      default:
        return request satisfies never;
    }
  }

  const optimizers = optimizerNames();
  const usual = Object.fromEntries(optimizers.map((name) => [name, usualNumbers(name)]));
  tell({ type: 'ready', choices: { optimizers, schedules: scheduleNames(), augmentations: augmentationNames(), usual } });
  void showRuns();
  return {
    take: (request) => perform(request).catch((error: unknown) => tell({ type: 'failed', text: plainMessage(error) })),
  };
}
