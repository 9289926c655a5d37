import 'fake-indexeddb/auto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { indexedDbStore } from './indexed-db-store.ts';

let databases = 0;
const fresh = (): string => `test ${(databases += 1)}`;
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

afterEach(() => vi.restoreAllMocks());

describe('indexedDbStore', () => {
  test('reads what was written, also through another store of the same folder', async () => {
    const database = fresh();
    await indexedDbStore('runs/a', { database }).write('one', bytes(1, 2));
    const store = indexedDbStore('runs/a', { database });
    await store.write('two', bytes(3));
    await store.write('one', bytes(4));
    expect((await store.list()).toSorted()).toEqual(['one', 'two']);
    expect(await store.read('one')).toEqual(bytes(4));
  });

  test('keeps a copy: what happens to the bytes afterwards does not reach it', async () => {
    const store = indexedDbStore('a', { database: fresh() });
    const buffer = bytes(1, 2, 3, 4);
    const written = store.write('part', buffer.subarray(1, 3));
    buffer.fill(9);
    await written;
    const read = await store.read('part');
    expect(read).toEqual(bytes(2, 3));
    expect(read.buffer.byteLength).toBe(2);
  });

  test('folders do not see one another, nor the folders in them', async () => {
    const database = fresh();
    const [a, inner, longer] = ['a', 'a/b', 'ab'].map((folder) => indexedDbStore(folder, { database }));
    await a!.write('x', bytes(1));
    await inner!.write('y', bytes(2));
    await longer!.write('z', bytes(3));
    expect([await a!.list(), await inner!.list(), await longer!.list()]).toEqual([['x'], ['y'], ['z']]);
  });

  test('removes a file, and takes one that is not there for removed', async () => {
    const store = indexedDbStore('a', { database: fresh() });
    await store.write('x', bytes(1));
    await store.remove('x');
    await store.remove('x');
    expect(await store.list()).toEqual([]);
    await expect(store.read('x')).rejects.toThrow("there is no 'x' in 'a'");
  });

  test('says in words that storage is full, and what was there stays', async () => {
    const store = indexedDbStore('a', { database: fresh() });
    await store.write('x', bytes(1));
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function put(this: IDBObjectStore) {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    await expect(store.write('x', bytes(2))).rejects.toMatchObject({
      code: 'write-failed',
      message: expect.stringContaining('storage is full'),
    });
    expect(await store.read('x')).toEqual(bytes(1));
  });

  test('says in words that storage is refused', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    });
    await expect(indexedDbStore('a', { database: fresh() }).list()).rejects.toMatchObject({
      code: 'write-failed',
      message: expect.stringContaining('refuses its storage (The operation is insecure.)'),
    });
  });

  test('a transaction that is aborted leaves the old bytes', async () => {
    const database = fresh();
    const store = indexedDbStore('a', { database });
    await store.write('x', bytes(1));
    const put = IDBObjectStore.prototype.put;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function aborting(this: IDBObjectStore, ...args) {
      const request = put.apply(this, args);
      this.transaction.abort();
      return request;
    });
    await expect(store.write('x', bytes(2))).rejects.toMatchObject({ code: 'write-failed' });
    expect(await store.read('x')).toEqual(bytes(1));
  });

  test('refuses an option that it does not have', () => {
    expect(() => indexedDbStore('a', { databse: 'x' } as never)).toThrow('databse');
  });
});
