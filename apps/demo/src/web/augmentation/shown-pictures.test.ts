import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import type { Pixels } from '../charts/pixels.ts';
import type { AugmentationRequest, Cell } from './augmentation-protocol.ts';
import { DEFAULT_STATE, MIXED, SAMPLES } from './augmentation-state.ts';
import { OPERATIONS, SIDE } from './operations.ts';
import { sampleOf, shownPictures } from './shown-pictures.ts';
import { CROP, SIDES, VIEW_TITLES } from './test-views.ts';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** A picture with a gradient of its own along each side. */
function picture(number: number): { readonly number: number; readonly pixels: Pixels } {
  const data = new Uint8ClampedArray(4 * SIDE * SIDE).fill(255);
  for (let i = 0; i < SIDE * SIDE; i += 1) data.set([i % SIDE, Math.floor(i / SIDE), 60 + 100 * number], 4 * i);
  return { number, pixels: { width: SIDE, height: SIDE, data } };
}

const request = (change: Partial<AugmentationRequest> = {}): AugmentationRequest => ({
  ...DEFAULT_STATE,
  picture: picture(0),
  partner: picture(1),
  ...change,
});

function cellsOf(asked: AugmentationRequest, known = new Map<string, string>()): readonly Cell[] {
  const cells: Cell[] = [];
  for (const _ of shownPictures(asked, known, (cell) => cells.push(cell)));
  return cells;
}

const shownOf = (cells: readonly Cell[]): readonly (Pixels | { readonly pixels: Pixels })[] =>
  cells.map(({ result }) => {
    if ('problem' in result) throw new Error(result.problem);
    return result.shown;
  });

test('every cell is worked out, of the size that it says, and no tensor is left', () => {
  const before = tf.memory().numTensors;
  const cells = cellsOf(request());
  expect(tf.memory().numTensors).toBe(before);
  expect(cells.length).toBe(SAMPLES + 2 * MIXED + OPERATIONS.length + VIEW_TITLES.length);
  shownOf(cells);
  const views = shownOf(cells.filter(({ part }) => part === 'view')) as readonly Pixels[];
  expect(views.map(({ width, height }) => [width, height])).toEqual(
    [...Array.from({ length: 10 }, () => CROP), ...SIDES].map((side) => [side, side]),
  );
});

test.each([0, 1])('the gallery has every operation at strength %d', (strength) => {
  const gallery = cellsOf(request({ strength })).filter(({ part }) => part === 'gallery');
  const shown = shownOf(gallery) as readonly Pixels[];
  const isAsBefore = (name: string): boolean =>
    shown[OPERATIONS.findIndex((operation) => operation.name === name)]?.data.join() === picture(0).pixels.data.join();
  // at their weakest these leave the picture alone, at their strongest none does
  for (const name of ['rotate', 'translate', 'zoom', 'brightness', 'hue', 'gamma', 'crop', 'resize', 'cutout', 'solarize', 'gaussianNoise'])
    expect([name, isAsBefore(name)]).toEqual([name, strength === 0]);
});

test('only what a change reaches is worked out anew', () => {
  const known = new Map<string, string>();
  cellsOf(request(), known);
  const parts = (change: Partial<AugmentationRequest>): readonly string[] => [
    ...new Set(cellsOf(request(change), known).map(({ part }) => part)),
  ];
  expect(parts({})).toEqual([]);
  expect(parts({ alpha: 2 })).toEqual(['mixup', 'cutmix']);
  expect(parts({ alpha: 2, strength: 1 })).toEqual(['gallery']);
  expect(parts({ alpha: 2, strength: 1, epoch: 3 })).toEqual(['sample']);
  expect(parts({ alpha: 2, strength: 1, epoch: 3, picture: picture(2) })).toEqual(['sample', 'gallery', 'mixup', 'cutmix', 'view']);
});

test('a part that was given up is worked out from its beginning', () => {
  const known = new Map<string, string>();
  const run = shownPictures(request(), known, () => undefined);
  run.next();
  run.return(true);
  expect(cellsOf(request(), known).filter(({ part }) => part === 'sample')).toHaveLength(SAMPLES);
});

test('a sample comes with the call, the draws and the plan of its own', () => {
  const steps = [
    { operation: 'rotate', value: 30 },
    { operation: 'flip', value: 0.5 },
    { operation: 'trivialAugmentWide', value: 0 },
  ];
  const [one, other] = [0, 1].map((sample) => sampleOf(request({ steps }), sample));
  expect(one!.code).toBe('compose([rotate({ degrees: [-30, 30] }), flip({ probability: 0.5 }), trivialAugmentWide()], { seed: 1 })');
  expect(one!.plan).toMatch(/^rotate, flip, trivialAugmentWide: \d pass/);
  expect(one!.drawn.map((line) => line.split(':')[0])).toEqual(['rotate', 'flip', 'trivialAugmentWide']);
  expect(one!.drawn).not.toEqual(other!.drawn);
  expect(sampleOf(request({ steps }), 0)).toEqual(one);
  expect(sampleOf(request({ steps, epoch: 1 }), 0).drawn).not.toEqual(one!.drawn);
});

test('a pipeline that cannot be applied is said in words, and the other parts are there', () => {
  const steps = [
    { operation: 'crop', value: 32 },
    { operation: 'crop', value: 96 },
  ];
  const cells = cellsOf(request({ steps }));
  const samples = cells.filter(({ part }) => part === 'sample');
  for (const { result } of samples) expect(result).toEqual({ problem: expect.stringMatching(/^crop: /) });
  shownOf(cells.filter(({ part }) => part !== 'sample'));
});

test('a mixed label is λ of the own picture, and after cutmix the share of its pixels', () => {
  for (const { part, result } of cellsOf(request({ alpha: 1 }))) {
    if ((part !== 'mixup' && part !== 'cutmix') || 'problem' in result) continue;
    const { lambda, shares, pixels } = result.shown;
    expect(shares[0] + shares[1]).toBeCloseTo(1, 6);
    if (part === 'mixup') expect(shares[0]).toBeCloseTo(lambda, 6);
    else {
      let own = 0;
      for (let i = 0; i < SIDE * SIDE; i += 1) if (pixels.data[4 * i + 2] === 60) own += 1;
      expect(shares[0]).toBeCloseTo(own / SIDE ** 2, 6);
    }
  }
});

test.each(OPERATIONS)('$name at its usual number is a pipeline of its own', ({ name, strength }) => {
  expect(sampleOf(request({ steps: [{ operation: name, value: strength?.usual ?? 0 }] }), 0).drawn).toHaveLength(1);
});
