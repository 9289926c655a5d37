import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { snapshotAddress } from './snapshot-address.ts';
import { accuracyLines, lossLines, rateLines } from './snapshot-lines.ts';
import { snapshotModel, trailingMean } from './snapshot-model.ts';
import { DEFAULT_SNAPSHOTS } from './snapshot-state.ts';

const state = { ...DEFAULT_SNAPSHOTS, epochs: 4, cycles: 2 };
const placesOf = (values: readonly (number | null)[] = []): readonly number[] => values.flatMap((value, i) => (value === null ? [] : [i]));
const score = (accuracy: number) => ({ accuracy, loss: 0.5 });

test('the rate has a dot in the last step of each cycle', () => {
  const [single, cycles, taken] = rateLines(state);
  expect([single?.values.length, cycles?.values.length]).toEqual([200, 200]);
  expect(placesOf(taken?.values)).toEqual([99, 199]);
  expect(taken?.values[99]).toBe(cycles?.values[99]);
});

test('lines show what is known, on axes that stay', () => {
  const model = snapshotModel(signal(state));
  model.arrived({ kind: 'losses', run: 'cycles', losses: Array.from({ length: 120 }, () => 1) });
  const [single, cycles, taken] = lossLines(state, model.runs.value);
  expect([single, cycles].map((line) => line?.values.length)).toEqual([200, 200]);
  expect([placesOf(single?.values).length, placesOf(cycles?.values).length]).toEqual([0, 120]);
  expect(placesOf(taken?.values)).toEqual([99]);
  model.arrived({ kind: 'snapshots', run: 'cycles', snapshots: [{ step: 100, alone: score(0.8), ensemble: score(0.8) }] });
  expect(accuracyLines(state, model.runs.value).map(({ values }) => values)).toEqual([
    [null, null, null],
    [null, 80, null],
    [null, 80, null],
  ]);
  model.arrived({ kind: 'snapshots', run: 'single', snapshots: [{ step: 200, alone: score(0.9), ensemble: score(0.9) }] });
  expect(accuracyLines(state, model.runs.value)[0]?.values).toEqual([null, 90, 90]);
});

test('a new run begins with nothing', () => {
  const model = snapshotModel(signal(state));
  model.arrived({ kind: 'losses', run: 'cycles', losses: [1, 2] });
  const asked: object[] = [];
  model.restart((request) => void asked.push(request));
  expect(asked).toEqual([state]);
  expect(model.runs.value.cycles.losses).toEqual([]);
  expect(model.running.value).toBe(true);
  model.failed();
  expect(model.running.value).toBe(false);
});

test('a trailing mean is over as many as there are', () => {
  expect(trailingMean([4, 2, 6, 1], 2)).toEqual([4, 3, 4, 3.5]);
});

test('a run is the same when its address is opened, and what makes no sense is said', () => {
  const other = { cycles: 3, rate: 0.05, epochs: 20, seed: 9 };
  expect(snapshotAddress.read(new URLSearchParams(snapshotAddress.write(other).toString()))).toEqual({ state: other, problems: [] });
  expect(snapshotAddress.write(DEFAULT_SNAPSHOTS).toString()).toBe('');
  expect(snapshotAddress.read(new URLSearchParams('cycles=0&rate=0.05')).problems).toEqual([
    "cycles takes a whole number from 1 to 10, not '0'.",
  ]);
});
