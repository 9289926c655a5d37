import '@tensorflow/tfjs-backend-cpu';
import { sgd } from '@downhill/optimizers';
import { cycleEnds } from '@downhill/schedulers';
import { batches, memoryStore, softmaxCrossEntropy, train, weightsHash, type CheckpointStore } from '@downhill/training';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { net, points } from '../../test/train-member.ts';
import { readEnsemble } from '../directory/manifest.ts';
import { openEnsemble } from '../directory/open-ensemble.ts';
import { predictMembers } from '../members/predict-members.ts';
import { lastEpochs, type LastEpochsOptions } from './last-epochs.ts';
import { snapshots, type SnapshotsOptions } from './snapshots.ts';

type Make = (model: ReturnType<typeof net>) => Parameters<typeof train>[0]['hooks'];

/** Six steps an epoch. */
async function run(make: Make, { epochs = 4, ...options }: Partial<Parameters<typeof train>[0]> = {}): Promise<Map<number, string>> {
  const model = net();
  const hashes = new Map<number, string>();
  const watch = {
    kind: 'hook',
    name: 'watch',
    onStep: async ({ step }: { step: number }) => void hashes.set(step, await weightsHash(model)),
  } as const;
  const source = batches(points, { batchSize: 10, shuffle: 3 });
  try {
    await train({
      model,
      seed: 5,
      loss: softmaxCrossEntropy,
      transform: sgd({ learningRate: 0.1, momentum: 0.9 }),
      batches: source,
      epochs,
      ...options,
      hooks: [...(make(model) ?? []), watch],
    });
  } finally {
    model.dispose();
  }
  return hashes;
}

/** The weights' hash of every member of a store. */
async function membersOf(store: CheckpointStore): Promise<(string | number)[][]> {
  const { manifest } = await openEnsemble(store, { build: () => net() });
  const found: (string | number)[][] = [];
  for (const { name, step = -1, epoch = -1 } of manifest.members) {
    const model = net();
    const { members } = await openEnsemble(store, { build: () => model });
    const open = await members.find((member) => member.name === name)!.open();
    found.push([name, step, epoch, await weightsHash(model)]);
    await open.close();
  }
  return found;
}

describe('members of one run', () => {
  beforeAll(() => tf.setBackend('cpu'));
  let before = 0;
  beforeEach(() => void (before = tf.memory().numTensors));
  afterEach(() => expect(tf.memory().numTensors).toBe(before));

  const snap =
    (store: CheckpointStore, options: Partial<SnapshotsOptions> = {}): Make =>
    (model) => [snapshots({ model, store, cycle: 8, ...options })];
  const ends =
    (store: CheckpointStore, options: Partial<LastEpochsOptions> = {}): Make =>
    (model) => [lastEpochs({ model, store, last: 2, ...options })];

  test('are its weights at the end of each cycle', async () => {
    const store = memoryStore();
    const hashes = await run(snap(store));
    expect(await membersOf(store)).toEqual([
      ['snapshot-000', 8, 1, hashes.get(8)],
      ['snapshot-001', 16, 2, hashes.get(16)],
      ['snapshot-002', 24, 3, hashes.get(24)],
    ]);
    expect(new Set(hashes.values()).size).toBe(24);
  });

  test('may come of cycles that grow, and be the last ones only', async () => {
    const store = memoryStore();
    const hashes = await run(snap(store, { cycle: [3, 6, 12], last: 2, classes: ['a', 'b', 'c'] }));
    expect(await membersOf(store)).toEqual([
      ['snapshot-001', 9, 1, hashes.get(9)],
      ['snapshot-002', 21, 3, hashes.get(21)],
    ]);
    expect((await store.list()).length).toBe(3);
    expect(await readEnsemble(store)).toMatchObject({ kind: 'snapshots', classes: ['a', 'b', 'c'] });
  });

  test('may be taken where a schedule says that its cycles end, the last one cut short', async () => {
    const store = memoryStore();
    const hashes = await run((model) => [snapshots({ model, store, ends: cycleEnds({ steps: 24, cycles: 5 }) })]);
    expect(await membersOf(store)).toEqual(
      [5, 10, 15, 20, 24].map((end, i) => [`snapshot-00${i}`, end, Math.floor((end - 1) / 6), hashes.get(end)]),
    );
  });

  test('are its weights after the last epochs', async () => {
    const store = memoryStore();
    const hashes = await run(ends(store));
    expect(await membersOf(store)).toEqual([
      ['epoch-0003', 18, 3, hashes.get(18)],
      ['epoch-0004', 24, 4, hashes.get(24)],
    ]);
    const { members } = await openEnsemble(store, { build: () => net() });
    const xs = tf.tensor2d(points.xs.values as Float32Array, [60, 4]);
    const [a, b] = await predictMembers(members, xs);
    expect(a!.values).not.toEqual(b!.values);
    xs.dispose();
  });

  test.each([
    ['snapshots', snap],
    ['last epochs', ends],
  ] as const)('%s are the same after a run that was broken off and resumed', async (_, make) => {
    const [whole, broken] = [memoryStore(), memoryStore()];
    await run(make(whole));
    const stop = new AbortController();
    const checkpoints = { store: broken, everySteps: 4, everySeconds: 1e6, keep: 1, resume: true };
    const breaking = run(make(broken), {
      checkpoints,
      signal: stop.signal,
      onEvent: ({ type, ...event }) => type === 'step' && (event as { step: number }).step === 19 && stop.abort(),
    });
    await breaking;
    await run(make(broken), { checkpoints });
    expect(await membersOf(broken)).toEqual(await membersOf(whole));
    expect((await readEnsemble(broken))!.members).toEqual((await readEnsemble(whole))!.members);
  });

  test('of a run that goes on without the snapshots that it made are missed, by name', async () => {
    const store = memoryStore();
    const checkpoints = { store, resume: true };
    await run(snap(store), { checkpoints, epochs: 2 });
    const [member] = (await readEnsemble(store))!.members;
    await store.remove(member!.file);
    await expect(run(snap(store), { checkpoints })).rejects.toMatchObject({
      code: 'checkpoint-invalid',
      message: expect.stringContaining("'snapshot-000'"),
    });
  });

  test('do not take the place of another ensemble', async () => {
    const store = memoryStore();
    await run(ends(store), { epochs: 1 });
    const kept = await store.list();
    await expect(run(snap(store))).rejects.toMatchObject({ code: 'invalid-argument', message: expect.stringContaining('`store`') });
    expect(await store.list()).toEqual(kept);
  });

  test.each([
    ['cycle', { cycle: 0 }],
    ['cycle', { cycle: [] }],
    ['cycle[]', { cycle: [4, 0.5] }],
    ['ends', { cycle: 3, ends: [3] }],
    ['ends', {}],
    ['ends', { ends: [] }],
    ['ends[1]', { ends: [4, 4] }],
    ['last', { last: 0 }],
    ['store', { store: {} }],
    ['model', { model: 5 }],
    ['every', { every: 5 }],
  ])('with a wrong `%s` are refused', (name, options) => {
    const model = { variables: [], predict: (x: tf.Tensor | tf.Tensor[]) => x as tf.Tensor };
    const refused = expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(`\`${name}\``) });
    const when = name.startsWith('ends') ? {} : { cycle: 3 };
    expect(() => snapshots({ model, store: memoryStore(), ...when, ...(options as object) })).toThrow(refused);
    if (!/^(cycle|ends)/.test(name)) expect(() => lastEpochs({ model, store: memoryStore(), ...(options as object) })).toThrow(refused);
  });
});
