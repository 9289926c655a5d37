import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { memoryStore, type CheckpointStore, type FunctionModel } from '@downhill/training';
import { fileStore } from '@downhill/training/node';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { predictMembers } from '../members/predict-members.ts';
import { readEnsemble } from './manifest.ts';
import { openEnsemble } from './open-ensemble.ts';
import { saveEnsemble } from './save-ensemble.ts';

const scaled = (factor: number, width = 1): FunctionModel => {
  const weight = tf.tidy(() => tf.variable(tf.mul(tf.ones([width]), factor)));
  return { variables: [weight], predict: (xs) => tf.mul(xs as tf.Tensor, weight) };
};

describe.each([
  ['memory', async () => memoryStore()],
  ['a folder', async () => fileStore(await mkdtemp(join(tmpdir(), 'ensemble-')))],
] as const)('an ensemble in %s', (_, make) => {
  beforeAll(() => tf.setBackend('cpu'));
  let before = 0;
  let store: CheckpointStore;
  beforeEach(async () => {
    before = tf.memory().numTensors;
    store = await make();
  });
  afterEach(() => expect(tf.memory().numTensors).toBe(before));

  /** Members that multiply by these numbers. */
  const save = async (...factors: number[]) => {
    const models = factors.map((factor) => scaled(factor));
    const members = models.map((model, i) => ({ name: `m${i}`, model, seed: i, info: { factor: factors[i]! } }));
    const ensemble = { kind: 'mine', members, classes: ['a', 'b'], combiner: { name: 'mean', config: {} } };
    return saveEnsemble(store, ensemble).finally(() => tf.dispose(models.flatMap(({ variables }) => [...variables])));
  };
  const predictions = async (options: Partial<Parameters<typeof openEnsemble>[1]> = {}) => {
    const { members } = await openEnsemble(store, { build: () => scaled(0), ...options });
    const xs = tf.tensor2d([[1], [10]]);
    const outputs = await predictMembers(members, xs).finally(() => xs.dispose());
    return outputs.map(({ values }) => [...values]);
  };

  test('predicts what it predicted before it was saved', async () => {
    const manifest = await save(2, 3);
    expect(await predictions()).toEqual([
      [2, 20],
      [3, 30],
    ]);
    expect(await readEnsemble(store)).toEqual(manifest);
    expect(manifest).toMatchObject({ kind: 'mine', classes: ['a', 'b'], combiner: { name: 'mean' } });
    expect(manifest.members[1]).toMatchObject({ name: 'm1', seed: 1, info: { factor: 3 } });
  });

  test('is the same bytes when it is saved again, and leaves no old file', async () => {
    const first = await save(2, 3);
    const second = await save(2, 4);
    expect(second.members[0]).toEqual(first.members[0]);
    expect([...(await store.list())].sort()).toEqual(['ensemble.json', ...second.members.map(({ file }) => file)].sort());
  });

  test('stays the old one when writing a new one breaks off', async () => {
    await save(2, 3);
    const { write } = store;
    let writes = 0;
    store.write = async (name, bytes) => {
      if (++writes === 3) throw new Error('the power went out'); // two members are written, the manifest is not
      await write(name, bytes);
    };
    await expect(save(5, 6)).rejects.toThrow('power');
    expect(await predictions()).toEqual([
      [2, 20],
      [3, 30],
    ]);
  });

  test('names a member that is missing and one that was altered, and predicts with the others only when asked to', async () => {
    const { members } = await save(2, 3, 4);
    await store.remove(members[0]!.file);
    const bytes = await store.read(members[2]!.file);
    bytes[bytes.length - 1]! ^= 1;
    await store.write(members[2]!.file, bytes);
    const opening = openEnsemble(store, { build: () => scaled(0) });
    await expect(opening).rejects.toMatchObject({
      code: 'checkpoint-invalid',
      message: expect.stringMatching(/2 of 3 members.*'m0' \(.*missing.*'m2' \(.*altered.*missing: 'skip'/),
    });
    expect(await predictions({ missing: 'skip' })).toEqual([[3, 30]]);
    const { leftOut } = await openEnsemble(store, { build: () => scaled(0), missing: 'skip' });
    expect(leftOut.map(({ name }) => name)).toEqual(['m0', 'm2']);
    expect(leftOut[0]!.problem).toContain(members[0]!.file);
    await store.remove(members[1]!.file);
    await expect(predictions({ missing: 'skip' })).rejects.toMatchObject({ code: 'checkpoint-invalid' });
  });

  test('refuses a member that was altered after it was opened', async () => {
    const { members } = await save(2);
    const stored = await openEnsemble(store, { build: () => scaled(0) });
    await store.write(members[0]!.file, new Uint8Array(10));
    const xs = tf.zeros<tf.Rank.R2>([1, 1]);
    await expect(predictMembers(stored.members, xs)).rejects.toMatchObject({ code: 'checkpoint-invalid' });
    xs.dispose();
  });

  test('refuses a structure that is another one, and leaves nothing behind', async () => {
    await save(2);
    await expect(predictions({ build: () => scaled(0, 3) })).rejects.toMatchObject({ code: 'state-mismatch' });
  });

  test.each([
    ['no JSON', '{ "format": '],
    ['another version', '{ "format": "downhill-ensemble", "version": 2, "kind": "x", "members": [] }'],
    [
      'a path to elsewhere',
      JSON.stringify({
        format: 'downhill-ensemble',
        version: 1,
        kind: 'x',
        members: [{ name: 'a', file: '../a.safetensors', sha256: '0'.repeat(64), bytes: 1 }],
      }),
    ],
  ])('with a manifest that is %s is refused', async (__, text) => {
    await store.write('ensemble.json', new TextEncoder().encode(text));
    await expect(openEnsemble(store, { build: () => scaled(0) })).rejects.toMatchObject({
      code: 'checkpoint-invalid',
      message: expect.stringContaining('ensemble.json'),
    });
  });

  test('with no manifest is refused', async () => {
    expect(await readEnsemble(store)).toBeUndefined();
    await expect(openEnsemble(store, { build: () => scaled(0) })).rejects.toMatchObject({ code: 'checkpoint-invalid' });
    await expect(openEnsemble(store, {} as never)).rejects.toMatchObject({ code: 'invalid-argument' });
    await expect(openEnsemble(store, { build: () => scaled(0), missing: 'ignore' as never })).rejects.toMatchObject({
      code: 'invalid-argument',
    });
  });

  test.each([
    ['members', []],
    ['name', [{ name: '../up', model: new Map() }]],
    [
      'two members',
      [
        { name: 'a', model: new Map() },
        { name: 'a', model: new Map() },
      ],
    ],
    ['model', [{ name: 'a', model: 3 }]],
  ])('of bad %s is not saved', async (what, members) => {
    await expect(saveEnsemble(store, { members: members as never })).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining(what),
    });
    expect(await store.list()).toEqual([]);
  });
});

test('a folder holds one JSON file that people can read, and safetensors files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ensemble-'));
  await saveEnsemble(fileStore(folder), { members: [{ name: 'a', model: new Map() }] });
  const names = await readdir(folder);
  expect(names.sort()).toEqual([expect.stringMatching(/^a-[0-9a-f]{12}\.safetensors$/), 'ensemble.json']);
  const text = await readFile(join(folder, 'ensemble.json'), 'utf8');
  expect(text).toContain('  "kind": "collected",\n');
  await writeFile(join(folder, 'notes.txt'), 'mine');
  expect(await readEnsemble(fileStore(folder))).toMatchObject({ members: [{ name: 'a' }] });
  await rm(folder, { recursive: true });
});
