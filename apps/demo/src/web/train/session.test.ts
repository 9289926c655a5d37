import '@tensorflow/tfjs-backend-wasm';
import { memoryStore, type CheckpointStore } from '@downhill/core';
import { memory } from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { readMnist } from '../../node/read-mnist.ts';
import { DEFAULTS } from '../../recipe/defaults.ts';
import { mnist, type Mnist, type MnistFiles } from '../../recipe/mnist.ts';
import { registerRules } from '../../recipe/rules.ts';
import { session, type Session } from './session.ts';
import type { TrainAnswer, TrainConfig } from './train-protocol.ts';

let files: MnistFiles;
const config: TrainConfig = { ...DEFAULTS, epochs: 2, limit: 600, lastEpochs: 2, emaDecay: 0.9, backend: 'wasm' };

beforeAll(async () => {
  registerRules();
  files = await readMnist();
});

/** With a hundred test images. */
const someDigits = async (limit: number): Promise<Mnist> => {
  const { training, test: tested } = mnist(files, limit);
  const [xs, ys] = [tested.xs.values.subarray(0, 784 * 100), tested.ys.values.subarray(0, 100)];
  return { training, test: { xs: { ...tested.xs, values: xs }, ys: { ...tested.ys, values: ys } } };
};

interface Desk {
  readonly answers: TrainAnswer[];
  take: Session['take'];
  /** Resolves with the next answer of a type, asked for before it comes. */
  next<Type extends TrainAnswer['type']>(type: Type): Promise<Extract<TrainAnswer, { type: Type }>>;
  hash(): string | undefined;
}

/** A page, as the session sees it; its stores outlive it. */
function desk(
  folders: Map<string, CheckpointStore>,
  wrap: (store: CheckpointStore) => CheckpointStore = (store) => store,
  load: (limit: number) => Promise<Mnist> = someDigits,
): Desk {
  const answers: TrainAnswer[] = [];
  const waiting: { type: string; resolve: (answer: never) => void }[] = [];
  const { take } = session({
    tell(answer) {
      answers.push(structuredClone(answer)); // as between threads
      for (const item of waiting.splice(0)) {
        if (item.type === answer.type) item.resolve(answer as never);
        else waiting.push(item);
      }
    },
    stores(folder) {
      const store = folders.get(folder) ?? memoryStore();
      folders.set(folder, store);
      return wrap(store);
    },
    alone: (_, work) => work(),
    openBackend: async () => ({ backend: 'wasm', why: 'a test' }),
    loadDigits: load,
  });
  return {
    answers,
    take,
    next: (type) => new Promise((resolve) => waiting.push({ type, resolve })),
    hash: () => answers.flatMap((answer) => (answer.type === 'judged' ? [answer.judged.hash] : []))[0],
  };
}

let whole: Desk | undefined;
/** A run that nobody disturbed. */
async function wholeRun(): Promise<Desk> {
  if (whole !== undefined) return whole;
  whole = desk(new Map());
  await whole.take({ type: 'start', id: 'whole', config, resume: false });
  return whole;
}

afterEach(() => expect.hasAssertions());

describe('a session', () => {
  test('trains, shows its curves, judges and answers', async () => {
    const { answers, take, next } = await wholeRun();
    expect(answers.filter(({ type }) => type === 'failed' || type === 'problem')).toEqual([]);
    const progress = answers.flatMap((answer) => (answer.type === 'progress' ? [answer.record] : [])).at(-1)!;
    expect(progress).toMatchObject({ state: 'finished', step: 18, steps: 18 });
    for (const name of ['loss', 'accuracy', 'val_loss', 'val_accuracy', 'learningRate', 'gradient norm', 'update ratio/0/kernel'])
      expect(progress.curves[name]?.values.length, name).toBeGreaterThan(1);
    expect(progress.verdict).toMatchObject({ epochs: 2, advice: expect.any(String) });
    const judged = answers.flatMap((answer) => (answer.type === 'judged' ? [answer.judged] : []))[0]!;
    expect(judged.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(100);
    expect(judged.candidates.map(({ name }) => name)).toEqual(['single', 'average of the weights', 'last 2 epochs']);
    expect(judged.mistakes.every(({ pixels, digit, answer }) => pixels.length === 784 && digit !== answer)).toBe(true);
    const asked = next('answers');
    await take({ type: 'ask', picture: files.testImages.slice(16, 16 + 784) });
    const said = (await asked).answers;
    expect(said.map(({ name }) => name)).toEqual(['single', 'average of the weights', 'last 2 epochs']);
    for (const { probabilities } of said) expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
    expect(answers.findLast((answer) => answer.type === 'runs')).toMatchObject({ runs: [{ id: 'whole', state: 'finished' }] });
    await take({ type: 'show', index: -1 });
    expect(answers.at(-2)).toEqual({
      type: 'shown',
      digit: files.testLabels[8 + 99]!,
      picture: Uint8Array.from(files.testImages.subarray(16 + 99 * 784, 16 + 100 * 784)),
    });
  });

  test('a run that was held, and one that was stopped and went on in another page, end with the same bits', async () => {
    const expected = (await wholeRun()).hash();
    const folders = new Map<string, CheckpointStore>();
    const first = desk(folders);
    const held = first.next('held');
    const kept = first.next('checkpoint');
    const ended = first.take({ type: 'start', id: 'a', config, resume: false });
    await kept;
    await first.take({ type: 'pause' });
    const { step } = await held;
    await vi.waitFor(() => expect(first.answers.findLast((answer) => answer.type === 'checkpoint')).toEqual({ type: 'checkpoint', step }));
    await first.take({ type: 'resume' });
    const wished = first.next('checkpoint');
    await first.take({ type: 'checkpoint' });
    expect((await wished).step).toBeGreaterThan(step);
    await first.take({ type: 'stop' });
    await ended;
    expect(first.answers.some(({ type }) => type === 'judged')).toBe(false);
    const second = desk(folders);
    await second.take({ type: 'start', id: 'a', config, resume: true });
    expect(second.answers.find(({ type }) => type === 'started')).toMatchObject({ resumedAt: expect.any(Number) });
    expect(second.hash()).toBe(expected);
    const curve = second.answers.flatMap((answer) => (answer.type === 'progress' ? [answer.record] : [])).at(-1)!.curves['loss']!;
    expect(curve.steps).toEqual([...new Set(curve.steps)].toSorted((a, b) => a - b));
  });

  test('says that storage is full, goes on, and loses nothing', async () => {
    const expected = (await wholeRun()).hash();
    const full = desk(new Map(), (store) => ({ ...store, write: async () => Promise.reject(new Error('storage is full')) }));
    await full.take({ type: 'start', id: 'a', config, resume: false });
    expect(full.answers.filter(({ type }) => type === 'problem')).toEqual([
      { type: 'problem', text: expect.stringContaining('storage is full') },
    ]);
    expect(full.hash()).toBe(expected);
  });

  test('says that the images could not be fetched', async () => {
    const offline = desk(new Map(), undefined, () => Promise.reject(new Error('The images could not be fetched.')));
    await offline.take({ type: 'start', id: 'a', config, resume: false });
    expect(offline.answers).toContainEqual({ type: 'failed', text: 'The images could not be fetched.' });
  });

  test('leaves no tensor behind, whether a run is judged or stopped', async () => {
    const { take, next } = desk(new Map());
    const stopped = async (id: string): Promise<void> => {
      const kept = next('checkpoint');
      const run = take({ type: 'start', id, config, resume: false });
      await kept;
      await take({ type: 'stop' });
      await run;
    };
    await stopped('a'); // caches what stays
    const before = memory().numTensors;
    await stopped('b');
    await take({ type: 'start', id: 'b', config, resume: true });
    await stopped('c');
    expect(memory().numTensors).toBe(before);
  });

  test('a config that makes no sense is refused in words, and a second run at once', async () => {
    const { take, next, answers } = desk(new Map());
    await take({ type: 'start', id: 'a', config: { ...config, optimizer: 'adamm' }, resume: false });
    expect(answers.filter(({ type }) => type === 'failed')).toEqual([
      { type: 'failed', text: expect.stringContaining("did you mean 'adam'") },
    ]);
    const started = next('started');
    const run = take({ type: 'start', id: 'b', config, resume: false });
    await started;
    await take({ type: 'start', id: 'c', config, resume: false });
    expect(answers.findLast(({ type }) => type === 'problem')).toMatchObject({ text: expect.stringContaining('stop it first') });
    await take({ type: 'stop' });
    await run;
    await take({ type: 'forget', id: 'b' });
    expect(answers.at(-1)).toEqual({ type: 'runs', runs: [] });
  });
});
