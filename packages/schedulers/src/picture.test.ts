import type { Schedule } from '@downhill/core';
import { expect, test } from 'vitest';
import * as schedulers from './index.ts';

// The picture of the README, drawn by the schedules themselves: `pnpm run picture` writes it, the test compares it.

const {
  constant,
  cosine,
  cosinePower,
  cosineWarmRestarts,
  exponential,
  inverseSqrt,
  inverseTime,
  linear,
  multiStep,
  polynomial,
  sequence,
  snapshotCosine,
  step,
  swaLearningRate,
  warmup,
} = schedulers;
const STEPS = 120;
const drawn: readonly Schedule[] = [
  constant(0.7),
  step({ from: 1, every: 30, factor: 0.5 }),
  multiStep({ from: 1, milestones: [40, 90], factor: 0.35 }),
  exponential({ from: 1, factor: 0.5, every: 25 }),
  inverseTime({ from: 1, rate: 1, every: 20 }),
  inverseSqrt({ from: 1, timescale: 10 }),
  linear({ from: 1, to: 0.1, steps: 100 }),
  polynomial({ from: 1, steps: 40, power: 2, cycle: true }),
  cosine({ from: 1, to: 0.05, steps: 100 }),
  cosinePower({ from: 1, to: 0.05, steps: 100, exponent: 3 }),
  cosineWarmRestarts({ from: 1, steps: 17, stretch: 2, shrink: 0.85 }),
  warmup(cosine({ from: 1, steps: 95 }), { steps: 25 }),
  sequence([linear({ from: 0.1, to: 1, steps: 20 }), 1, linear({ from: 1, steps: 40 })], { milestones: [20, 80] }),
  snapshotCosine({ from: 1, steps: 120, cycles: 4 }),
  swaLearningRate(cosine({ from: 1, steps: 100 }), { to: 0.4, start: 75, steps: 20 }),
];

const COLUMNS = 5;
const [WIDTH, HEIGHT, TITLE, GAP] = [150, 70, 20, 16];

function plot(schedule: Schedule, i: number): string {
  const left = GAP + (i % COLUMNS) * (WIDTH + GAP);
  const top = GAP + Math.floor(i / COLUMNS) * (HEIGHT + TITLE + GAP);
  const points = Array.from(
    { length: STEPS + 1 },
    (_, t) => `${((t / STEPS) * WIDTH).toFixed(1)},${((1 - schedule.at(t)) * HEIGHT).toFixed(1)}`,
  );
  return [
    `  <g transform="translate(${left} ${top})">`,
    `    <text y="12">${schedule.name}</text>`,
    `    <g transform="translate(0 ${TITLE})">`,
    `      <path class="axes" d="M0,0V${HEIGHT}H${WIDTH}"/>`,
    `      <polyline points="${points.join(' ')}"/>`,
    '    </g>',
    '  </g>',
  ].join('\n');
}

function picture(): string {
  const width = GAP + COLUMNS * (WIDTH + GAP);
  const height = GAP + Math.ceil(drawn.length / COLUMNS) * (HEIGHT + TITLE + GAP);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Every schedule over ${STEPS} steps">`,
    '  <style>',
    '    text { font: 12px ui-monospace, monospace; fill: #1f2328 } polyline { fill: none; stroke: #0969da; stroke-width: 2 }',
    '    .axes { fill: none; stroke: #8c959f } .paper { fill: #ffffff }',
    '  </style>',
    `  <rect class="paper" width="${width}" height="${height}" rx="6"/>`,
    ...drawn.map(plot),
    '</svg>\n',
  ].join('\n');
}

test('the picture in the README is of the schedules as they are', async () => {
  await expect(picture()).toMatchFileSnapshot('../docs/schedules.svg');
});

test('every schedule is in the picture', () => {
  const { cycleEnds: _helper, ...all } = schedulers; // tells where a schedule has its minima
  expect(new Set(drawn.map(({ name }) => name))).toEqual(new Set(Object.keys(all)));
});
