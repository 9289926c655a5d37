import { memoryStore } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { memoryStorage } from '../storages/memory-storage.ts';
import type { Storage } from '../storages/storage.ts';
import type { StudyEvent } from '../storages/study-event.ts';
import { storageChecks, testStorage, type StorageUnderTest } from './test-storage.ts';

const inMemory = async (): Promise<StorageUnderTest> => {
  const storage = memoryStorage();
  return { open: () => storage.another() };
};

testStorage('memory', inMemory);

/** Which checks a storage in memory fails that is changed so. */
async function failures(change: (storage: Storage) => Partial<Storage>): Promise<readonly string[]> {
  const failed: string[] = [];
  const checks = storageChecks(async () => {
    const place = await inMemory();
    return {
      open() {
        const storage = place.open();
        return { ...storage, ...change(storage) };
      },
    };
  });
  for (const [title, check] of Object.entries(checks)) await check().catch(() => failed.push(title));
  return failed;
}

const asJson = (events: readonly StudyEvent[]) => JSON.parse(JSON.stringify(events)) as StudyEvent[];

describe('the tests of storages', () => {
  test('fail one that writes numbers as plain JSON does', async () => {
    expect(await failures(({ append }) => ({ append: (events) => append(asJson(events)) }))).toContain(
      'gives every kind of event back as it was',
    );
  });

  test('fail one that appends one event after the other', async () => {
    const change = ({ append }: Storage): Partial<Storage> => ({
      async append(events) {
        for (const event of events) await append([event]);
      },
    });
    expect(await failures(change)).toEqual(['keeps together what is appended together, whoever else appends']);
  });

  test('fail one that does not see what others append', async () => {
    const change = (): Partial<Storage> => {
      const own: StudyEvent[] = [];
      return { read: async (from) => own.slice(from), append: async (events) => void own.push(...events) };
    };
    expect(await failures(change)).toContain('shows to every worker what another one has appended, in the same order');
  });

  test('fail one that gives out its own list', async () => {
    const all: StudyEvent[] = [];
    const change = (): Partial<Storage> => ({
      read: async (from) => (from === 0 ? all : all.slice(from)),
      append: async (events) => void all.push(...events),
    });
    expect(await failures(change)).toContain('leaves what it once gave as it was');
  });

  test('fail one whose workers share a name, or whose trials share their checkpoints', async () => {
    expect(await failures(() => ({ worker: 'one', isAlive: () => true }))).toContain(
      'gives every worker a name of its own, and knows that it is alive',
    );
    const store = memoryStore();
    expect(await failures(() => ({ checkpoints: () => store }))).toContain('keeps the checkpoints of two trials apart');
  });
});
