import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { memoryStore, restoreWeights, weightsHash, type CheckpointStore } from '@downhill/training';
import { fileStore } from '@downhill/training/node';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { net, points, trainMember, type TestSettings } from '../../test/train-member.ts';
import type { MemberEntry } from '../directory/manifest.ts';
import { readWeights } from '../directory/member-file.ts';
import { openEnsemble } from '../directory/open-ensemble.ts';
import { predictMembers } from '../members/predict-members.ts';
import type { Outputs } from '../outputs.ts';
import { bagging } from './bagging.ts';
import { deepEnsemble } from './deep-ensemble.ts';
import type { EnsembleEvent } from './ensemble-options.ts';
import { randomSubspaces } from './random-subspaces.ts';
import { trainEnsemble, type TrainEnsembleOptions } from './train-ensemble.ts';
import { trainEnsembleInWorkers, type TrainEnsembleInWorkersOptions } from './train-ensemble-in-workers.ts';

const module = new URL('../../test/train-member.ts', import.meta.url);
const execArgv = ['--import', new URL('../../test/register-tsx.js', import.meta.url).href, '--conditions=@downhill/source'];
const settings: TestSettings = { epochs: 2 };
const plan = deepEnsemble({ members: 3, seed: 11 });

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ensemble-'));
  folders.push(folder);
  return folder;
}

const here = (options: Partial<TrainEnsembleOptions> & { store: CheckpointStore }) =>
  trainEnsemble({ plan, trainMember, data: settings, ...options });
const inWorkers = (options: Partial<TrainEnsembleInWorkersOptions> & { folder: string }) =>
  trainEnsembleInWorkers({ plan, module, execArgv, data: settings, workers: 2, ...options });
const hashes = (entries: readonly MemberEntry[] = []) => entries.map(({ name, sha256 }) => [name, sha256]);

/** Runs a script in a process of its own; its exit code, null where it was killed. */
async function run(script: string, options: object): Promise<number | null> {
  const argument = JSON.stringify({ module: module.href, data: settings, execArgv, ...options });
  const child = spawn(process.execPath, [...execArgv, '--input-type=module', '-e', script, argument], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

describe('an ensemble', () => {
  let before = 0;
  beforeEach(() => void (before = tf.memory().numTensors));
  afterEach(() => expect(tf.memory().numTensors).toBe(before));
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

  test('has the same members when they are trained one after the other, in threads, or in another order', async () => {
    const [store, folder] = [memoryStore(), await newFolder()];
    const { manifest: inTurn } = await here({ store });
    const { manifest: inThreads, stopped } = await inWorkers({ folder });
    expect(hashes(inThreads!.members)).toEqual(hashes(inTurn!.members));
    expect(new Set(inTurn!.members.map(({ sha256 }) => sha256)).size).toBe(3);
    expect(stopped).toBe('finished');
    const backwards = memoryStore();
    for (const index of [2, 1, 0]) await here({ store: backwards, only: [index] });
    expect((await here({ store: backwards })).manifest).toEqual(inTurn);

    const weights = await Promise.all(
      [store, fileStore(folder)].map(async (kept) => {
        const model = net();
        restoreWeights(model, await readWeights(kept, inTurn!.members[1]!), 'test');
        const hash = await weightsHash(model);
        model.dispose();
        return hash;
      }),
    );
    expect(weights[0]).toBe(weights[1]);
  });

  test('keeps a directory that predicts, and no checkpoints once all are finished', async () => {
    const folder = await newFolder();
    const { manifest } = await inWorkers({
      folder,
      workers: 0,
      settings: { epochs: 2 },
      classes: ['a', 'b', 'c'],
      combiner: { name: 'mean' },
    });
    expect((await readdir(folder)).sort()).toEqual(['ensemble.json', ...manifest!.members.map(({ file }) => file)].sort());
    expect(manifest).toMatchObject({
      kind: 'deepEnsemble',
      classes: ['a', 'b', 'c'],
      combiner: { name: 'mean' },
      made: { plan: { name: 'deepEnsemble', config: { seed: 11 } }, settings: { epochs: 2 } },
    });
    expect(manifest!.members[1]!.seed).toBe(plan.member(1).seed);
    const { members } = await openEnsemble(fileStore(folder), { build: () => net() });
    const xs = tf.tensor2d(points.xs.values as Float32Array, [60, 4]);
    const outputs = await predictMembers(members, xs);
    expect(outputs.map(({ shape }) => shape.join())).toEqual(['60,3', '60,3', '60,3']);
    const likely = await openEnsemble(fileStore(folder), { build: () => net(), activation: 'softmax' });
    const [{ values }] = (await predictMembers(likely.members, xs)) as [Outputs];
    for (let i = 0; i < 180; i += 3) expect(values[i]! + values[i + 1]! + values[i + 2]!).toBeCloseTo(1, 5);
    xs.dispose();
  });

  test('tells how far its members are, also from threads', async () => {
    const events: EnsembleEvent[] = [];
    const folder = await newFolder();
    await inWorkers({ folder, plan: deepEnsemble({ seeds: [5] }), onEvent: (event) => events.push(event) });
    await inWorkers({ folder, plan: deepEnsemble({ seeds: [5] }), onEvent: (event) => events.push(event) });
    expect(events.map((event) => (event.type === 'progress' ? (event.progress as { epoch: number }).epoch : event.type))).toEqual([
      'start',
      1,
      2,
      'finished',
      'kept',
    ]);
    expect(events[0]).toEqual({ type: 'start', index: 0, name: 'member-000', seed: 5 });
  });

  test('that breaks off keeps what is finished and names the member; called again it trains the others alone', async () => {
    const whole = (await here({ store: memoryStore() })).manifest!;
    for (const by of ['throwing', 'exit'] as const) {
      const folder = await newFolder();
      const events: EnsembleEvent[] = [];
      const failing = inWorkers({ folder, data: { ...settings, fails: { index: 1, by } }, workers: 1 });
      await expect(failing).rejects.toMatchObject({ code: 'member-failed', message: expect.stringContaining("'member-001'") });
      const { manifest, pending } = await inWorkers({ folder, onEvent: (event) => events.push(event) });
      expect(
        events
          .filter(({ type }) => type === 'start' || type === 'kept')
          .map((event) => [event.type, 'index' in event && event.index])
          .sort(),
      ).toEqual([
        ['kept', 0],
        ['start', 1],
        ['start', 2],
      ]);
      expect(hashes(manifest!.members)).toEqual(hashes(whole.members));
      expect(pending).toEqual([]);
    }
  });

  test('takes a damaged file for no member', async () => {
    const store = memoryStore();
    const { manifest } = await here({ store });
    const { file } = manifest!.members[2]!;
    await store.write(file, (await store.read(file)).fill(0, 500));
    const events: EnsembleEvent[] = [];
    expect((await here({ store, onEvent: (event) => events.push(event) })).manifest).toEqual(manifest);
    expect(events.filter(({ type }) => type !== 'progress').map(({ type }) => type)).toEqual([
      'refused',
      'kept',
      'kept',
      'start',
      'finished',
    ]);
    await expect(openEnsemble(store, { build: () => net() })).resolves.toBeDefined();
  });

  test.each([0, 2])(
    'stops cleanly when asked, with %i threads: finished members stay, one under way goes on at its checkpoint',
    async (workers) => {
      const folder = await newFolder();
      const stop = new AbortController();
      const onEvent = (event: EnsembleEvent): void => {
        if (event.type === 'progress' && event.index === 2) stop.abort();
      };
      const long = { epochs: 30 };
      const { stopped, finished, pending } = await inWorkers({ folder, workers, data: long, signal: stop.signal, onEvent });
      expect(stopped).toBe('signal');
      expect(pending).toContain('member-002');
      expect(finished.length + pending.length).toBe(3);
      expect((await readdir(folder)).filter((name) => name.startsWith('member-002.step-')).length).toBeGreaterThan(0);
      const epochs: number[] = [];
      const resumed = await inWorkers({
        folder,
        workers,
        data: long,
        onEvent: (event) => event.type === 'progress' && event.index === 2 && epochs.push((event.progress as { epoch: number }).epoch),
      });
      expect(epochs[0]).toBeGreaterThan(1);
      const straight = await here({ store: memoryStore(), data: long, only: [2] });
      expect(resumed.manifest!.members[2]!.sha256).toBe(straight.manifest!.members[0]!.sha256);
    },
  );

  test('is not started by a signal that came before', async () => {
    const events: EnsembleEvent[] = [];
    const result = await here({ store: memoryStore(), signal: AbortSignal.abort(), onEvent: (event) => events.push(event) });
    expect(result).toEqual({ manifest: undefined, finished: [], pending: ['member-000', 'member-001', 'member-002'], stopped: 'signal' });
    expect(events).toEqual([]);
  });

  test('may be trained by two processes in one directory, which end with the same bits', async () => {
    const folder = await newFolder();
    const script = `
      import { deepEnsemble } from '@downhill/ensembles';
      import { trainEnsembleInWorkers } from '@downhill/ensembles/node';
      const options = JSON.parse(process.argv[1]);
      await trainEnsembleInWorkers({ plan: deepEnsemble({ members: 3, seed: 11 }), workers: 1, ...options });`;
    expect(await Promise.all([run(script, { folder, only: [0, 2] }), run(script, { folder, only: [1, 2] })])).toEqual([0, 0]);
    const manifest = JSON.parse(await readFile(join(folder, 'ensemble.json'), 'utf8')) as { members: MemberEntry[] };
    expect(hashes(manifest.members)).toEqual(hashes((await here({ store: memoryStore() })).manifest!.members));
    expect((await readdir(folder)).filter((name) => name.endsWith('.unfinished'))).toEqual([]);
  });

  test('of bagged members, or of random subspaces, predicts from what its members learned from', async () => {
    const store = memoryStore();
    const subspaces = randomSubspaces({ features: 4, members: 2, seed: 3 });
    const { manifest } = await here({ store, plan: subspaces });
    expect(manifest!.members.map(({ features }) => features)).toEqual([subspaces.member(0).features, subspaces.member(1).features]);
    const { members } = await openEnsemble(store, { build: ({ features }) => net(features!.length) });
    const xs = tf.tensor2d(points.xs.values as Float32Array, [60, 4]);
    const outputs = await predictMembers(members, xs);
    const unseen = [0, 1, 2, 3].find((feature) => !subspaces.member(0).features!.includes(feature))!;
    const other = tf.tidy(() => tf.add(xs, tf.oneHot(tf.tensor1d([unseen], 'int32'), 4)));
    const same = await predictMembers(members, other);
    expect(same[0]).toEqual(outputs[0]);
    tf.dispose([xs, other]);
    const bagged = await here({ store: memoryStore(), plan: bagging({ examples: 60, members: 2, seed: 3 }) });
    expect(bagged.finished).toEqual(['member-000', 'member-001']);
  });

  test('of another plan, or with other settings, is not mixed into a store, and the difference is named', async () => {
    const store = memoryStore();
    await here({ store, settings: { learningRate: 0.02 } });
    await expect(here({ store, settings: { learningRate: 0.03 } })).rejects.toMatchObject({
      code: 'state-mismatch',
      message: expect.stringContaining('`settings.learningRate` is 0.02 there and 0.03 here'),
    });
    await expect(here({ store, plan: deepEnsemble({ members: 3, seed: 12 }), settings: { learningRate: 0.02 } })).rejects.toMatchObject({
      code: 'state-mismatch',
      message: expect.stringContaining('`plan.config.seed` is 11 there and 12 here'),
    });
  });

  test('grows by more members, and by none that it has', async () => {
    const store = memoryStore();
    const { manifest: few } = await here({ store, plan: deepEnsemble({ members: 1, seed: 11 }) });
    const starts: number[] = [];
    const { manifest: more } = await here({ store, onEvent: (event) => event.type === 'start' && starts.push(event.index) });
    expect(starts).toEqual([1, 2]);
    expect(more!.members[0]).toEqual(few!.members[0]);
    expect(await here({ store, plan: deepEnsemble({ members: 1, seed: 11 }) })).toMatchObject({ finished: ['member-000'] });
    expect(await here({ store })).toMatchObject({ manifest: more });
    const listed = memoryStore();
    await here({ store: listed, plan: deepEnsemble({ seeds: [1] }) });
    await expect(here({ store: listed, plan: deepEnsemble({ seeds: [2, 1] }) })).rejects.toMatchObject({
      code: 'state-mismatch',
      message: expect.stringContaining('`seed` is 1 there and 2 here'),
    });
  });

  test('hears of an error of the listener, with threads and without', async () => {
    for (const workers of [0, 1]) {
      const onEvent = ({ type }: EnsembleEvent): void => {
        if (type === 'progress') throw new Error('deaf');
      };
      const training = inWorkers({ folder: await newFolder(), workers, onEvent, plan: deepEnsemble({ seeds: [5] }) });
      await expect(training).rejects.toMatchObject({ code: 'member-failed', message: expect.stringContaining('deaf') });
    }
  });

  test('whose process is killed loses no finished member', async () => {
    const folder = await newFolder();
    const script = `
      import { deepEnsemble } from '@downhill/ensembles';
      import { trainEnsembleInWorkers } from '@downhill/ensembles/node';
      const options = JSON.parse(process.argv[1]);
      const onEvent = ({ type, index }) => type === 'progress' && index === 1 && process.kill(process.pid, 'SIGKILL');
      await trainEnsembleInWorkers({ plan: deepEnsemble({ members: 3, seed: 11 }), workers: 1, onEvent, ...options });`;
    expect(await run(script, { folder })).toBeNull();
    const events: EnsembleEvent[] = [];
    const { manifest } = await inWorkers({ folder, workers: 0, onEvent: (event) => events.push(event) });
    expect(events.filter(({ type }) => type === 'kept' || type === 'start')).toEqual([
      { type: 'kept', index: 0, name: 'member-000' },
      expect.objectContaining({ type: 'start', index: 1 }),
      expect.objectContaining({ type: 'start', index: 2 }),
    ]);
    expect(hashes(manifest!.members)).toEqual(hashes((await here({ store: memoryStore() })).manifest!.members));
  });

  test.each([
    ['plan', { plan: 5 }],
    ['trainMember', { trainMember: 'f' }],
    ['store', { store: {} }],
    ['only', { only: 3 }],
    ['only[]', { only: [3] }],
  ])('with a wrong `%s` is refused', async (name, options) => {
    await expect(here({ store: memoryStore(), ...(options as object) })).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining(`\`${name}\``),
    });
  });

  test.each([
    ['workers', { workers: -1 }],
    ['folder', { folder: '' }],
    ['trainMember', { workers: 0, module: new URL('./plan.ts', import.meta.url) }],
  ])('in threads with a wrong `%s` is refused', async (name, options) => {
    await expect(inWorkers({ folder: 'nowhere', ...(options as object) })).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining(`\`${name}\``),
    });
  });

  test('whose trainer returns nothing is told so', async () => {
    await expect(here({ store: memoryStore(), trainMember: (() => undefined) as never })).rejects.toMatchObject({
      code: 'member-failed',
      message: expect.stringContaining('must be a LayersModel'),
    });
  });
});
