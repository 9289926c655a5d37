import { plainMessage } from '@downhill/core';
import { augmentationNames } from '../../recipe/augmentations.ts';
import { checkConfig } from '../../recipe/config.ts';
import type { Mnist } from '../../recipe/mnist.ts';
import { optimizerNames, scheduleNames, usualNumbers } from '../../recipe/rules.ts';
import type { Answerer } from './answer-digit.ts';
import type { OpenedBackend } from './open-backend.ts';
import { orMemory } from './or-memory.ts';
import { recipeRun } from './recipe-run.ts';
import { runLibrary, type Stores } from './run-library.ts';
import { steering, type Steering } from './steering.ts';
import type { TrainAnswer, TrainConfig, TrainRequest } from './train-protocol.ts';

/** What a session stands on: a worker of a page, or a test. */
export interface SessionGround {
  tell(answer: TrainAnswer): void;
  readonly stores: Stores;
  openBackend(wanted: TrainConfig['backend']): Promise<OpenedBackend>;
  loadDigits(limit: number): Promise<Mnist>;
  /** Has a run for itself until `work` is done. @throws Error where another page has it */
  alone(id: string, work: () => Promise<void>): Promise<void>;
}

/** Takes requests, one after the other where they begin something; a run that is under way listens to the others. */
export interface Session {
  take(request: TrainRequest): Promise<void>;
}

type StartRequest = Extract<TrainRequest, { type: 'start' }>;

/** Trains and remembers runs as the page asks for it. */
export function session({ tell, stores, openBackend, loadDigits, alone }: SessionGround): Session {
  const refusals = new Set<string>();
  const refused = (error: unknown): void => {
    const text = `${plainMessage(error)} Runs go on, and are kept in memory until this page is left.`;
    if (!refusals.has(text)) tell({ type: 'problem', text });
    refusals.add(text);
  };
  const folders = new Map<string, ReturnType<Stores>>();
  const library = runLibrary((folder) => {
    const store = folders.get(folder) ?? orMemory(stores(folder), refused);
    folders.set(folder, store);
    return store;
  });
  let steered: Steering | undefined;
  let answerer: Answerer | undefined;
  const showRuns = async (): Promise<void> => tell({ type: 'runs', runs: await library.list() });

  async function run({ id, config: asked, resume }: StartRequest, steering: Steering): Promise<void> {
    checkConfig('train', { ...asked, backend: asked.backend === 'best' ? 'wasm' : asked.backend });
    const kept = resume ? await library.find(id) : undefined;
    const settings = kept?.config ?? asked;
    tell({ type: 'busy', text: 'Starting the backend' });
    const { backend, why } = await openBackend(settings.backend);
    tell({ type: 'busy', text: 'Fetching the images' });
    const data = await loadDigits(settings.limit);
    if (steering.signal.aborted) return tell({ type: 'ended', how: 'stopped' });
    // a run goes on with the backend that it began with: another one's bits differ
    const config = { ...settings, backend };
    answerer = await recipeRun({ id, config, data, kept, why, library, steering, tell });
  }

  async function begin(request: StartRequest): Promise<void> {
    if (steered !== undefined) throw new Error('A run is under way: stop it first.');
    const mine = (steered = steering());
    answerer?.dispose();
    answerer = undefined;
    try {
      await alone(request.id, () => run(request, mine));
    } catch (error) {
      tell({ type: 'failed', text: plainMessage(error) });
    } finally {
      steered = undefined;
      await showRuns();
    }
  }

  async function perform(request: TrainRequest): Promise<void> {
    switch (request.type) {
      case 'start':
        return begin(request);
      case 'pause':
        return steered?.hold();
      case 'resume':
        return steered?.release();
      case 'stop':
        return steered?.stop();
      case 'checkpoint':
        return steered?.wish();
      case 'forget':
        await alone(request.id, () => library.forget(request.id));
        return showRuns();
      case 'ask':
        return answerer && tell({ type: 'answers', answers: await answerer.answer(request.picture) });
      case 'show': {
        const shown = answerer?.testDigit(request.index);
        if (shown === undefined) return undefined;
        tell({ type: 'shown', ...shown });
        return perform({ type: 'ask', picture: shown.picture });
      }
      default:
        return request satisfies never;
    }
  }

  const optimizers = optimizerNames();
  const usual = Object.fromEntries(optimizers.map((name) => [name, usualNumbers(name)]));
  tell({ type: 'ready', choices: { optimizers, schedules: scheduleNames(), augmentations: augmentationNames(), usual } });
  void showRuns();
  return {
    take: (request) => perform(request).catch((error: unknown) => tell({ type: 'problem', text: plainMessage(error) })),
  };
}
