import { describe, expect, test } from 'vitest';
import { line, pace } from './pace.ts';

const step = (n: number): Parameters<ReturnType<typeof pace>>[0] => ({
  step: n,
  steps: 10,
  epoch: 0,
  epochs: 2,
  loss: 0.5,
  metrics: { accuracy: 0.75 },
  scalars: { 'warm/learningRate': 1e-3 },
  examples: 64,
});

describe('pace', () => {
  test('gives means, images per second and the time left', () => {
    let time = 0;
    const paced = pace(() => time);
    time = 1000;
    paced(step(1));
    time = 2000;
    const now = paced(step(2));
    expect(now).toMatchObject({ step: 2, epoch: 1, learningRate: 1e-3, imagesPerSecond: 64, secondsLeft: 8 });
    expect(now.loss).toBeCloseTo(0.5);
    expect(line(now)).toBe('epoch 1/2  loss 0.5000  accuracy 0.7500  learning rate 1.00e-3  64 images/s  0:08 left');
  });

  test('a resumed run is paced by its own steps', () => {
    let time = 0;
    const paced = pace(() => time);
    time = 500;
    expect(paced(step(8)).secondsLeft).toBe(1);
  });
});
