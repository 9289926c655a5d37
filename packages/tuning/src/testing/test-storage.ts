import { expect, describe, test } from 'vitest';
import type { Storage } from '../storages/storage.ts';
import type { StudyEvent } from '../storages/study-event.ts';

/** One place where studies are kept. */
export interface StorageUnderTest {
  /** Opens it, each time as another worker. */
  open(): Storage;
  /** Removes it after the test. */
  remove?(): Promise<void>;
}

type Check = (open: () => Storage) => Promise<void>;

/**
 * Tests of the contract of `Storage`, for vitest.
 *
 *     testStorage('journal', async () => { const path = await newPath(); return { open: () => journalFile(path) }; });
 *
 * @param name What is tested, for the titles.
 * @param make Makes a new, empty place at each call.
 */
export function testStorage(name: string, make: () => Promise<StorageUnderTest>): void {
  describe(`the storage contract: ${name}`, () => {
    for (const [title, check] of Object.entries(storageChecks(make))) test(title, check);
  });
}

/** What {@link testStorage} tests, by title; each throws where the storage breaks the contract. */
export function storageChecks(make: () => Promise<StorageUnderTest>): Record<string, () => Promise<void>> {
  const inPlace = (check: Check) => async (): Promise<void> => {
    const place = await make();
    try {
      await check(() => place.open());
    } finally {
      await place.remove?.();
    }
  };
  const checks: Record<string, Check> = { ...eventChecks, ...workerChecks, ...checkpointChecks };
  return Object.fromEntries(Object.entries(checks).map(([title, check]) => [title, inPlace(check)]));
}

const eventChecks: Record<string, Check> = {
  async 'is empty at first'(open) {
    expect(await open().read(0)).toEqual([]);
  },

  async 'gives every kind of event back as it was'(open) {
    const storage = open();
    const events = everyKind(storage.worker);
    for (const event of events) await storage.append([event]);
    expect(await storage.read(0)).toEqual(events);
  },

  async 'gives the events from a number on, and none beyond the end'(open) {
    const storage = open();
    const events = everyKind(storage.worker);
    await storage.append(events);
    expect(await storage.read(3)).toEqual(events.slice(3));
    expect(await storage.read(events.length)).toEqual([]);
  },

  async 'appends nothing where there is nothing'(open) {
    const storage = open();
    await storage.append([]);
    expect(await storage.read(0)).toEqual([]);
  },

  async 'leaves what it once gave as it was'(open) {
    const storage = open();
    await storage.append([reported(storage.worker, 0)]);
    const first = await storage.read(0);
    await storage.append([reported(storage.worker, 1)]);
    expect(first).toEqual([reported(storage.worker, 0)]);
  },

  async 'shows to every worker what another one has appended, in the same order'(open) {
    const [one, two] = [open(), open()];
    await one.append([reported(one.worker, 0)]);
    expect(await two.read(0)).toEqual([reported(one.worker, 0)]);
    await two.append([reported(two.worker, 1)]);
    await one.append([reported(one.worker, 2)]);
    expect(await one.read(0)).toEqual(await two.read(0));
    expect((await two.read(1)).map(({ worker }) => worker)).toEqual([two.worker, one.worker]);
  },

  async 'keeps together what is appended together, whoever else appends'(open) {
    const storages = [open(), open(), open()];
    const groups = storages.flatMap((storage, i) => [0, 1, 2, 3].map((j) => ({ storage, group: 4 * i + j })));
    await Promise.all(groups.map(({ storage, group }) => storage.append([0, 1, 2].map((step) => reported(storage.worker, step, group)))));
    const values = (await open().read(0)).map((event) => (event.type === 'report' ? event.value : undefined));
    const heads = values.filter((_, index) => index % 3 === 0);
    expect(values).toEqual(heads.flatMap((head) => [head, head, head]));
    expect(new Set(heads).size).toBe(groups.length);
  },
};

const workerChecks: Record<string, Check> = {
  async 'gives every worker a name of its own, and knows that it is alive'(open) {
    const [one, two] = [open(), open()];
    expect(one.worker).not.toBe(two.worker);
    expect([one.isAlive(one.worker), one.isAlive(two.worker), two.isAlive(one.worker)]).toEqual([true, true, true]);
  },
};

const checkpointChecks: Record<string, Check> = {
  async 'keeps the checkpoints of a trial, and shows them to every worker'(open) {
    const [one, two] = [open(), open()];
    await one.checkpoints('study-0-7').write('last', Uint8Array.of(1, 2, 3));
    expect(await two.checkpoints('study-0-7').list()).toEqual(['last']);
    expect(await two.checkpoints('study-0-7').read('last')).toEqual(Uint8Array.of(1, 2, 3));
  },

  async 'keeps the checkpoints of two trials apart'(open) {
    const storage = open();
    await storage.checkpoints('0').write('last', Uint8Array.of(0));
    await storage.checkpoints('1').write('last', Uint8Array.of(1));
    await storage.checkpoints('0').remove('last');
    expect(await storage.checkpoints('0').list()).toEqual([]);
    expect(await storage.checkpoints('1').read('last')).toEqual(Uint8Array.of(1));
  },

  async 'takes new checkpoints of a trial whose last one was removed'(open) {
    const store = open().checkpoints('0');
    await store.write('last', Uint8Array.of(0));
    await store.remove('last');
    await store.remove('last');
    await store.write('last', Uint8Array.of(1));
    expect(await store.read('last')).toEqual(Uint8Array.of(1));
  },
};

const reported = (worker: string, step: number, value = 0.5): StudyEvent => ({ worker, type: 'report', trial: 0, step, value });

/** With numbers and texts that a format may have no word for. */
const everyKind = (worker: string): readonly StudyEvent[] => {
  const rate = { kind: 'float', low: 1e-5, high: 0.1, log: true } as const;
  const kind = { kind: 'categorical', choices: ['sgd', 1, true, null] } as const;
  return [
    { worker, type: 'study', name: 'näme\n"1"', direction: 'maximize' },
    { worker, type: 'study-attribute', study: 0, by: 'system', key: 'space', value: { rate, list: [1, null, 'NaN'] } },
    { worker, type: 'study-attribute', study: 0, by: 'user', key: 'note', value: null },
    { worker, type: 'trial', study: 0, state: 'running', at: 1_700_000_000_123 },
    { worker, type: 'setting', trial: 0, name: 'rate', value: 0.1 + 0.2 - 0.25, parameter: rate },
    { worker, type: 'setting', trial: 0, name: 'kind', value: null, parameter: kind },
    { worker, type: 'report', trial: 0, step: 0, value: Number.NaN },
    { worker, type: 'report', trial: 0, step: 1, value: -Infinity },
    { worker, type: 'trial-attribute', trial: 0, by: 'user', key: 'accuracy', value: -0 },
    { worker, type: 'trial-attribute', trial: 0, by: 'system', key: 'error', value: 'line\nline' },
    { worker, type: 'state', trial: 0, state: 'complete', value: 5e-324, at: 1_700_000_001_000 },
    { worker, type: 'state', trial: 1, state: 'pruned', at: 1_700_000_001_000 },
    {
      ...{ worker, type: 'trial', study: 0, state: 'complete', at: 1_700_000_000_000, endedAt: 1_700_000_002_000, value: 2 },
      ...{ settings: { rate: 0.01, kind: true }, parameters: { rate, kind }, reports: [{ step: 3, value: 1e300 }] },
      ...{ attributes: { a: [] }, systemAttributes: { b: {} } },
    },
  ];
};
