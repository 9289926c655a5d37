import { describe, expect, test } from 'vitest';
import { anySettings, halves, nearBest } from '../../test/study-kit.ts';
import { float, openStudy, pruned, space, type Trial } from '../index.ts';

const searched = space({ x: float(-3, 3) });
const parabola = ({ settings: { x } }: Trial<{ x: number }>) => (x - 1) ** 2;

describe('optimize', () => {
  test('runs as many trials as it was asked for and finds the best of them', async () => {
    const study = await openStudy({ space: searched, sampler: anySettings(), seed: 3 });
    const { trials } = await study.optimize(parabola, { trials: 20 });
    expect(trials.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    for (const { state, value, settings } of trials) expect([state, value]).toEqual(['complete', (settings.x - 1) ** 2]);
  });

  test('goes on with what the pruner promotes after the last trial', async () => {
    const study = await openStudy({ space: searched, sampler: nearBest(), pruner: halves(1, 2) });
    const { trials } = await study.optimize(
      async (trial) => {
        for (let step = (trial.reached ?? 0) + 1; step <= 3; step += 1) if (await trial.report(step, parabola(trial) / step)) return pruned;
        return parabola(trial);
      },
      { trials: 8 },
    );
    expect(trials.filter(({ continues }) => continues === undefined)).toHaveLength(8);
    expect(trials.filter(({ state }) => state === 'complete').length).toBeGreaterThanOrEqual(1);
  });
});
