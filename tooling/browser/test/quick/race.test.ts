import { expect, test } from 'vitest';
import { readRace } from '../read-race.ts';
import { useViews } from '../use-views.ts';

const open = useViews();

test.each([
  { surface: 'bowl', steps: 400, racers: ['adam,learningRate:0.1', 'sgd,momentum:0.9'], minimum: [0, 0] },
  { surface: 'rosenbrock', steps: 2000, racers: ['adam,learningRate:0.05'], minimum: [1, 1] },
])('a race reaches the minimum of $surface', async ({ surface, steps, racers, minimum: [x = 0, y = 0] }) => {
  const page = await open('race', { state: `surface=${surface}&steps=${steps}&${racers.map((racer) => `racer=${racer}`).join('&')}` });
  const places = await readRace(page);
  expect(places).toHaveLength(racers.length);
  for (const place of places) {
    expect(place.state).toBe('finished');
    expect(Math.hypot(place.x - x, place.y - y)).toBeLessThan(0.01);
  }
});

test('a start that diverges is called so', async () => {
  const page = await open('race', { state: 'surface=rosenbrock&steps=100&racer=sgd,learningRate:0.5' });
  expect((await readRace(page))[0]?.state).toMatch(/^diverged at step \d+$/);
});
