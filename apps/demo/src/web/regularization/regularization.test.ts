import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { readMnist } from '../../node/read-mnist.ts';
import { mnist } from '../../recipe/mnist.ts';
import { imageOf, trainDigitsNet, type Digits, type DigitsNet } from './digits-net.ts';
import { kept } from './kept.ts';
import type { DroppedMaps, Part, RegularizationAnswer, ShownIn } from './regularization-protocol.ts';
import { DEFAULT_STATE, DROPS, LAYERS, REGIONS, type RegularizationState } from './regularization-state.ts';
import { shownParts } from './shown-parts.ts';

const COUNT = 300;

function resultOf<Made>(work: Generator<void, Made>): Made {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

let digits: Digits;
let others: Digits;
let net: DigitsNet;
beforeAll(async () => {
  await tf.setBackend('cpu');
  const { test: data } = mnist(await readMnist(), 0);
  const part = (from: number, to: number): Digits => ({
    images: (data.xs.values as Uint8Array).subarray(from * 784, to * 784),
    labels: (data.ys.values as Uint8Array).subarray(from, to),
  });
  digits = part(0, COUNT);
  others = part(COUNT, COUNT + 100);
  net = resultOf(trainDigitsNet(digits));
});

const request = (change: Partial<RegularizationState> = {}): RegularizationState => ({ ...DEFAULT_STATE, ...change });

function answersTo(asked: RegularizationState, known = new Map<Part, string>()): readonly RegularizationAnswer[] {
  const answers: RegularizationAnswer[] = [];
  resultOf(shownParts(asked, { digits, net: kept(trained()), known, tell: (answer) => answers.push(answer) }));
  return answers;
}
// oxlint-disable-next-line require-yield
function* trained(): Generator<void, DigitsNet> {
  return net;
}

function shown<P extends Part>(part: P, change: Partial<RegularizationState>): ShownIn[P] {
  const answer = answersTo(request(change)).find((other) => other.part === part);
  if (answer === undefined || 'problem' in answer.result) throw new Error(JSON.stringify(answer));
  return answer.result.shown as ShownIn[P];
}
const mapsOf = (change: Partial<RegularizationState>): DroppedMaps => shown('maps', change);

describe('the network', () => {
  test('tells digits that it has not seen', () => {
    let right = 0;
    for (let i = 0; i < others.labels.length; i += 1) {
      const image = imageOf(others, i);
      const { activations, chances } = net.pass(image);
      const values = [...chances.dataSync()];
      if (values.indexOf(Math.max(...values)) === others.labels[i]) right += 1;
      tf.dispose([image, ...activations, chances]);
    }
    expect(right).toBeGreaterThan(75);
  });

  test('is shown a picture of each digit that it was not trained on', () => {
    for (let digit = 0; digit < 10; digit += 1) expect(digits.labels.lastIndexOf(digit)).toBeGreaterThanOrEqual(COUNT - 50);
  });

  test('leaves nothing behind when its training is given up', () => {
    const before = tf.memory().numTensors;
    const training = trainDigitsNet(digits);
    training.next();
    training.return(net);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('dropped maps', () => {
  test('dropout drops its rate, doubles the rest, and keeps the mean over many steps', () => {
    const maps = mapsOf({ drop: 'dropout', rate: 0.5 });
    expect(maps.dropped).toBeGreaterThan(0.45);
    expect(maps.dropped).toBeLessThan(0.55);
    expect(maps.means.mean / maps.means.before).toBeCloseTo(1, 1);
    expect(maps.zeros.after).toBeGreaterThan(maps.zeros.before);
    expect(maps.chances.before.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 5);
  });

  test('as it was first, the mean over many steps falls by the rate', () => {
    const maps = mapsOf({ drop: 'classicDropout', rate: 0.5 });
    expect(maps.means.mean / maps.means.before).toBeCloseTo(0.5, 1);
  });

  test('spatial dropout drops whole maps', () => {
    const { draw } = mapsOf({ drop: 'spatialDropout', rate: 0.5 });
    const colours = new Set<string>();
    for (let column = 0; column < 14; column += 1) colours.add(draw.data.slice(4 * column, 4 * column + 3).join());
    expect(colours.size).toBe(1);
  });

  test.each(DROPS)('%s is another draw at another step, the same at the same, and nothing at rate 0', (drop) => {
    for (const layer of LAYERS) {
      const maps = mapsOf({ drop, layer });
      expect(mapsOf({ drop, layer }).after).toEqual(maps.after);
      expect(mapsOf({ drop, layer, step: 1 }).after).not.toEqual(maps.after);
      expect(mapsOf({ drop, layer, rate: 0 }).after).toEqual(maps.before);
    }
  });

  test('a block that is larger than the map is said in words, and the other parts are there', () => {
    const tooLarge = { ...request({ drop: 'dropBlock', layer: 'second' }), block: 9 };
    const results = Object.fromEntries(answersTo(tooLarge).map(({ part, result }) => [part, result]));
    expect(results['maps']).toEqual({ problem: expect.stringMatching(/^dropBlock: `blockSize` must be/) });
    expect(results).toMatchObject({ depth: { shown: {} }, pooled: { shown: {} } });
  });
});

describe('stochastic depth', () => {
  test('keeps each block with the chance of the linear rule, and scales it up', () => {
    const { survival, factors, expected, steps } = shown('depth', { blocks: 4, survival: 0.5 });
    expect(survival).toEqual([0.875, 0.75, 0.625, 0.5]);
    expect(expected).toBe(2.75);
    expect(steps[0]).toEqual(factors.map((factor) => factor > 0));
    for (const [i, factor] of factors.entries()) if (factor > 0) expect(factor).toBeCloseTo(1 / survival[i]!, 5);
  });

  test('the next step is the second row, and about as many blocks are kept as expected', () => {
    const [now, next] = [0, 1].map((step) => shown('depth', { step }));
    expect(next!.steps[0]).toEqual(now!.steps[1]);
    const kept = now!.steps.flat().filter(Boolean).length / now!.steps.length;
    expect(Math.abs(kept - now!.expected)).toBeLessThan(2.5);
  });
});

describe('fractional pooling', () => {
  test('regions that overlap share one pixel with the next', () => {
    const { rows } = shown('pooled', { overlapping: true });
    for (const [i, { end }] of rows.slice(0, -1).entries()) expect(end).toBe(rows[i + 1]!.begin + 1);
  });

  test.each(REGIONS)('%s regions reach from end to end, and each place is the largest of its region', (regions) => {
    for (const ratio of [1, 1.4, 2.5, 4]) {
      if (regions === 'sampled' && ratio === 1) continue; // regions of two do not fit
      const { rows, columns, places, image, result } = shown('pooled', { regions, ratio });
      expect([rows.length, columns.length]).toEqual([result.height, result.width]);
      expect([rows[0]!.begin, rows.at(-1)!.end]).toEqual([0, 28]);
      const level = (pixels: typeof image, at: number): number => pixels.data[4 * at] ?? 0;
      for (const [i, place] of places.entries()) {
        const [row, column] = [rows[Math.floor(i / columns.length)]!, columns[i % columns.length]!];
        expect(Math.floor(place / 28)).toBeGreaterThanOrEqual(row.begin);
        expect(Math.floor(place / 28)).toBeLessThan(row.end);
        expect(place % 28).toBeGreaterThanOrEqual(column.begin);
        expect(place % 28).toBeLessThan(column.end);
        expect(level(result, i)).toBe(level(image, place));
      }
    }
  });

  test('sampled regions that do not fit are said in words', () => {
    const pooled = answersTo(request({ regions: 'sampled', ratio: 1 })).find(({ part }) => part === 'pooled');
    expect(pooled?.result).toEqual({ problem: expect.stringContaining('`kernel`') });
  });
});

test('only what a change reaches is worked out anew, and no tensor is left', () => {
  const known = new Map<Part, string>();
  const before = tf.memory().numTensors;
  const parts = (change: Partial<RegularizationState>): readonly Part[] => answersTo(request(change), known).map(({ part }) => part);
  expect(parts({})).toEqual(['depth', 'pooled', 'maps']);
  expect(parts({})).toEqual([]);
  expect(parts({ rate: 0.2 })).toEqual(['maps']);
  expect(parts({ rate: 0.2, ratio: 2 })).toEqual(['pooled']);
  expect(parts({ rate: 0.2, ratio: 2, step: 4 })).toEqual(['depth', 'pooled', 'maps']);
  expect(tf.memory().numTensors).toBe(before);
});

test('a network whose training was left goes on where it was', () => {
  let turns = 0;
  const net = kept(
    (function* count(): Generator<void, string> {
      for (; turns < 5; turns += 1) yield;
      return 'trained';
    })(),
  );
  const first = net();
  first.next();
  first.return('');
  expect(resultOf(net())).toBe('trained');
  expect(resultOf(net())).toBe('trained');
  expect(turns).toBe(5);
});
