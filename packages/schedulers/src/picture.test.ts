import type { Schedule } from '@downhill/core';
import { expect, test } from 'vitest';
import { everySchedule } from '../test/every-schedule.ts';
import * as schedulers from './index.ts';

// The picture of the README, drawn by the schedules themselves: `pnpm run picture` writes it, the test compares it.

const STEPS = 120;
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
  const height = GAP + Math.ceil(everySchedule.length / COLUMNS) * (HEIGHT + TITLE + GAP);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="Every schedule over ${STEPS} steps">`,
    '  <style>',
    '    text { font: 12px ui-monospace, monospace; fill: #1f2328 } polyline { fill: none; stroke: #0969da; stroke-width: 2 }',
    '    .axes { fill: none; stroke: #8c959f } .paper { fill: #ffffff }',
    '  </style>',
    `  <rect class="paper" width="${width}" height="${height}" rx="6"/>`,
    ...everySchedule.map(plot),
    '</svg>\n',
  ].join('\n');
}

test('the picture in the README is of the schedules as they are', async () => {
  await expect(picture()).toMatchFileSnapshot('../docs/schedules.svg');
});

test('every schedule is in the picture', () => {
  const { cycleEnds: _tellsMinima, plot: _draws, reduceOnPlateau: _steers, ...all } = schedulers;
  expect(new Set(everySchedule.map(({ name }) => name))).toEqual(new Set(Object.keys(all)));
});
