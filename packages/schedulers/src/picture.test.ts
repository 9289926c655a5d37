import type { Schedule } from '@downhill/core';
import { expect, test } from 'vitest';
import * as s from './index.ts';

// The picture of the README, drawn by the schedules themselves: `pnpm run picture` writes it, the test compares it.

const STEPS = 120;
const drawn: readonly Schedule[] = [
  s.constant(0.7),
  s.step({ from: 1, every: 30, factor: 0.5 }),
  s.multiStep({ from: 1, milestones: [40, 90], factor: 0.35 }),
  s.piecewise({ boundaries: [30, 60, 90], values: [0.4, 1, 0.6, 0.1] }),
  s.exponential({ from: 1, factor: 0.5, every: 25 }),
  s.naturalExp({ from: 1, rate: 0.8, every: 24, staircase: true }),
  s.inverseTime({ from: 1, rate: 1, every: 20 }),
  s.inverseSqrt({ from: 1, timescale: 10 }),
  s.noam({ dimension: 1, warmup: 20, factor: Math.sqrt(20) }),
  s.linear({ from: 1, to: 0.1, steps: 100 }),
  s.polynomial({ from: 1, steps: 40, power: 2, cycle: true }),
  s.rex({ from: 1, steps: 100 }),
  s.tanh({ from: 1, steps: 110 }),
  s.cosine({ from: 1, to: 0.05, steps: 100 }),
  s.cosinePower({ from: 1, to: 0.05, steps: 100, exponent: 3 }),
  s.cosineWarmRestarts({ from: 1, steps: 17, stretch: 2, shrink: 0.85 }),
  s.snapshotCosine({ from: 1, steps: 120, cycles: 4 }),
  s.cyclic({ from: 0.1, to: 1, up: 15, down: 30, mode: 'triangular2' }),
  s.oneCycle({ peak: 1, steps: 120 }),
  s.oneCycleMomentum({ steps: 120, high: 0.95, low: 0.3 }),
  s.warmupStableDecay({ peak: 1, steps: 120, warmup: 20, decay: 40 }),
  s.warmup(s.cosine({ from: 1, steps: 95 }), { steps: 25 }),
  s.sequence([s.linear({ from: 0.1, to: 1, steps: 20 }), 1, s.linear({ from: 1, steps: 40 })], { milestones: [20, 80] }),
  s.restarts(s.rex({ from: 1, steps: 20 }), { steps: 20, stretch: 1.5, decay: 0.8 }),
  s.kDecay(s.cosine({ from: 1, steps: 100 }), { steps: 100, power: 3 }),
  s.perEpoch(s.cosine({ from: 1, steps: 6 }), { steps: 20 }),
  s.noisy(s.linear({ from: 0.8, to: 0.1, steps: 120 }), { limit: 0.25 }),
  s.product([s.cosine({ from: 1, steps: 120 }), s.step({ from: 1, every: 40, factor: 0.6 })]),
  s.sum([0.2, s.exponential({ from: 0.8, factor: 0.5, every: 15 })]),
  s.scale(s.linear({ from: 1, steps: 120 }), 0.5),
  s.clamp(s.linear({ from: 1.4, to: -0.2, steps: 120 }), { min: 0.2, max: 0.9 }),
  s.swaLearningRate(s.cosine({ from: 1, steps: 100 }), { to: 0.4, start: 75, steps: 20 }),
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
  const { cycleEnds: _tellsMinima, plot: _draws, reduceOnPlateau: _steers, ...all } = s;
  expect(new Set(drawn.map(({ name }) => name))).toEqual(new Set(Object.keys(all)));
});
