import '@tensorflow/tfjs-backend-cpu';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { readMnist } from '../../node/read-mnist.ts';
import { mnist } from '../../recipe/mnist.ts';
import { cycleOf } from './cycle.ts';
import { halfSize } from './half-size.ts';
import { rescuedDigits } from './rescued.ts';
import { snapshotRun, type Digits, type JudgedSnapshot } from './snapshot-run.ts';
import { DEFAULT_SNAPSHOTS, HELD_OUT, TRAINED, type SnapshotState } from './snapshot-state.ts';
import { trailingMean } from './snapshot-model.ts';

let digits: Digits;
beforeAll(async () => {
  await setBackend('cpu');
  const { training, test: heldOut } = mnist(await readMnist(), TRAINED);
  digits = { training: halfSize(training, TRAINED), heldOut: halfSize(heldOut, HELD_OUT) };
});

interface Seen {
  readonly losses: readonly number[];
  readonly snapshots: readonly JudgedSnapshot[];
}

async function run(part: Partial<SnapshotState>, onLoss: (seen: number) => void = () => undefined, signal?: AbortSignal): Promise<Seen> {
  const losses: number[] = [];
  const snapshots: JudgedSnapshot[] = [];
  await snapshotRun({
    state: { ...DEFAULT_SNAPSHOTS, ...part },
    digits,
    signal: signal ?? new AbortController().signal,
    onLoss(loss) {
      losses.push(loss);
      onLoss(losses.length);
    },
    onSnapshot: (snapshot) => snapshots.push(snapshot),
  });
  return { losses, snapshots };
}

describe('a run in cycles', () => {
  let seen: Seen;
  beforeAll(async () => {
    seen = await run({});
  }, 60_000); // two seconds where nothing else runs

  test('takes a snapshot at the end of each, where the rate is nearly nothing', () => {
    const { rate, ends, steps } = cycleOf(DEFAULT_SNAPSHOTS);
    expect(seen.losses.length).toBe(steps);
    expect(seen.snapshots.map(({ step }) => step)).toEqual([120, 240, 360, 480, 600]);
    for (const end of ends) expect(rate.at(end - 1)).toBeLessThan(0.001);
    expect(rate.at(120)).toBe(0.25);
  });

  test('has losses that fall in each cycle, and rise when the next one begins', () => {
    const calm = trailingMean(seen.losses, 15);
    for (const end of [120, 240, 360, 480]) {
      const highest = Math.max(...calm.slice(end, end + 60));
      expect(highest).toBeGreaterThan(1.5 * (calm[end - 1] ?? 0));
      expect(calm[end + 119]).toBeLessThan(highest / 1.5);
    }
  });

  test('is worth more together than its last model alone, in accuracy and in loss', () => {
    const last = seen.snapshots.at(-1)!;
    expect(last.alone.accuracy).toBeGreaterThan(0.78);
    expect(last.ensemble.accuracy).toBeGreaterThan(last.alone.accuracy + 0.01);
    expect(last.ensemble.loss).toBeLessThan(0.85 * last.alone.loss);
    const [{ alone, ensemble }] = seen.snapshots as [JudgedSnapshot];
    expect(ensemble.accuracy).toBe(alone.accuracy); // of one, it is that one
    expect(ensemble.loss).toBeCloseTo(alone.loss, 6);
  });

  test('gets digits right together that its last model gets wrong', () => {
    const rescued = rescuedDigits(digits, seen.snapshots, 8);
    expect(rescued.length).toBe(8);
    for (const { pixels, label, answers } of rescued) {
      expect(pixels.length).toBe(196);
      expect(Math.max(...pixels)).toBeGreaterThan(100);
      expect(answers.length).toBe(5);
      expect(answers.at(-1)).not.toBe(label);
      expect(answers).toContain(label);
    }
    expect(rescuedDigits(digits, [], 8)).toEqual([]);
  });
});

test('is the same run each time, and leaves no tensor behind', async () => {
  const before = memory().numTensors;
  const short = { epochs: 4, cycles: 2 };
  expect(await run(short)).toEqual(await run(short));
  expect(memory().numTensors).toBe(before);
});

test('ends when it is told to, without a judgement and without a tensor left', async () => {
  const before = memory().numTensors;
  const stop = new AbortController();
  const { losses, snapshots } = await run({}, (seen) => seen === 30 && stop.abort(), stop.signal);
  expect([losses.length, snapshots]).toEqual([30, []]);
  expect(memory().numTensors).toBe(before);
});

test('halves pictures by the mean of four pixels, from 0 to 1', () => {
  const values = new Uint8Array(2 * 784);
  values.set([255, 0], 0);
  values.set([255, 255], 28);
  values[783] = 255;
  const { xs, ys } = halfSize({ xs: { values, shape: [28, 28, 1], scale: 1 / 255 }, ys: { values: Uint8Array.of(3, 4), shape: [] } }, 1);
  expect([xs.shape, ys.values.length]).toEqual([[196], 1]);
  expect(xs.values.length).toBe(196);
  for (const [place, value] of [
    [0, 0.75],
    [1, 0],
    [195, 0.25],
  ] as const)
    expect(xs.values[place]).toBeCloseTo(value, 6);
});
