import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkpointName, decodeCheckpoint, encodeCheckpoint, latestCheckpoint, saveCheckpoint, type Checkpoint } from './checkpoint.ts';
import { fileStore } from '@downhill/core/node';
import { decodeSafetensors } from './safetensors.ts';
import { memoryStore } from '@downhill/core';

const checkpoint = (step: number): Checkpoint => ({
  tensors: new Map([['model/0/kernel', { dtype: 'float32' as const, shape: [2], values: Float32Array.of(step, 0.5) }]]),
  state: {
    step,
    epoch: 0,
    batch: step,
    stopped: false,
    sums: { examples: 0, totals: {} },
    seed: 7,
    transform: null,
    slots: [],

    hooks: { a: [1] },
  },
});
const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'downhill-'));

describe('checkpoints', () => {
  test('come back as they were', async () => {
    expect(await decodeCheckpoint('x', await encodeCheckpoint(checkpoint(3)))).toEqual(checkpoint(3));
  });

  test('come back from a Buffer, which is left as it was', async () => {
    const buffer = Buffer.from(await encodeCheckpoint(checkpoint(3)));
    const copy = Uint8Array.from(buffer);
    expect(await decodeCheckpoint('x', buffer)).toEqual(checkpoint(3));
    expect(Uint8Array.from(buffer)).toEqual(copy);
  });

  test('hold the SHA-256 of all their bytes with that value blanked', async () => {
    const bytes = await encodeCheckpoint(checkpoint(3));
    const { sha256 = '' } = decodeSafetensors('x', bytes).metadata;
    const blanked = Buffer.from(bytes);
    blanked.write('0'.repeat(64), blanked.indexOf(sha256), 'latin1');
    expect(createHash('sha256').update(blanked).digest('hex')).toBe(sha256);
  });

  test('are refused when any bit was altered', async () => {
    const bytes = await encodeCheckpoint(checkpoint(3));
    for (let i = 0; i < bytes.length; i++) {
      const altered = bytes.slice();
      altered[i]! ^= 1;
      await expect(decodeCheckpoint('step-3', altered), `byte ${i}`).rejects.toMatchObject({
        code: 'checkpoint-invalid',
        message: expect.stringContaining('step-3'),
      });
    }
  });

  test('do not change with tensors that change after the call', async () => {
    const { tensors, state } = checkpoint(3);
    const pending = encodeCheckpoint({ tensors, state });
    tensors.get('model/0/kernel')!.values[0] = 99;
    expect(await decodeCheckpoint('x', await pending)).toEqual(checkpoint(3));
  });

  test.each([['memory', async () => memoryStore()] as const, ['files', async () => fileStore(await folder())] as const])(
    'in %s: the last k are kept, the newest is read',
    async (_, make) => {
      const store = await make();
      expect(await latestCheckpoint(store)).toBeUndefined();
      for (const step of [1, 5, 10, 100]) await saveCheckpoint(store, checkpoint(step), 2);
      expect([...(await store.list())].sort()).toEqual([checkpointName(10), checkpointName(100)]);
      expect(await latestCheckpoint(store)).toEqual({ name: checkpointName(100), ...checkpoint(100) });
      await store.remove('not there');
    },
  );

  test('writes that are asked for at once do not remove each other’s files, and one that fails stops none', async () => {
    const store = fileStore(await folder());
    const bytes = new Uint8Array(200_000).fill(7);
    const names = ['a', 'b', 'missing/c', 'd'].map((name) => `${name}.safetensors`);
    const written = await Promise.allSettled(names.map((name) => store.write(name, bytes)));
    expect(written.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect([...(await store.list())].sort()).toEqual(['a', 'b', 'd'].map((name) => `${name}.safetensors`));
  });

  test('a damaged one is named and the one before it used', async () => {
    const path = await folder();
    const store = fileStore(path);
    for (const step of [1, 2, 3]) await saveCheckpoint(store, checkpoint(step), 3);
    const whole = await readFile(join(path, checkpointName(3)));
    await writeFile(join(path, checkpointName(3)), whole.subarray(0, whole.length - 1));
    const refused: string[] = [];
    const found = await latestCheckpoint(store, (name, error) => refused.push(name, error.message));
    expect(found?.state.step).toBe(2);
    expect(refused).toEqual([checkpointName(3), expect.stringContaining('cut short')]);
  });

  test('where none is whole, that is an error and not a fresh start', async () => {
    const store = memoryStore();
    await store.write(checkpointName(1), new Uint8Array(5));
    await expect(latestCheckpoint(store)).rejects.toMatchObject({ code: 'checkpoint-invalid' });
  });

  test('what a killed process left unfinished is not seen, and removed by the next write', async () => {
    const path = await folder();
    const store = fileStore(path);
    await saveCheckpoint(store, checkpoint(1), 3);
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    await writeFile(join(path, `${checkpointName(2)}.${dead}-0.unfinished`), 'half a fi');
    await writeFile(join(path, `${checkpointName(4)}.unfinished`), 'of nobody');
    await writeFile(join(path, 'notes.txt'), 'mine');
    expect((await latestCheckpoint(store))?.state.step).toBe(1);
    expect([...(await store.list())].sort()).toEqual(['notes.txt', checkpointName(1)]);
    await saveCheckpoint(store, checkpoint(3), 3);
    expect((await readdir(path)).sort()).toEqual(['notes.txt', checkpointName(1), checkpointName(3)]);
  });

  test('what another process is writing just now stays', async () => {
    const path = await folder();
    const theirs = `${checkpointName(2)}.${process.ppid}-0.unfinished`;
    await writeFile(join(path, theirs), 'half a fi');
    await saveCheckpoint(fileStore(path), checkpoint(3), 3);
    expect((await readdir(path)).sort()).toEqual([theirs, checkpointName(3)].sort());
  });
});
