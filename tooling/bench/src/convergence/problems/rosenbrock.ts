import { randomStream, streamKey } from '@downhill/core';
import { batches, type Loss } from '@downhill/training';
import { add, mul, reshape, split, square, sub, tensor1d, tidy, variable } from '@tensorflow/tfjs-core';
import type { Problem } from '../problem.ts';
import { tuningSeeds } from '../tune.ts';

const MOST_STEPS = 10_000;
const USUAL_START = [-1.2, 1];
/** How far from there the starts lie, in either direction. */
const AROUND = 0.2;

/** (1 − x)² + 100 (y − x²)² */
const valley: Loss = (_, points) =>
  tidy(() => {
    const [x, y] = split(points, 2, 1);
    if (x === undefined || y === undefined) throw new RangeError('a point has two coordinates');
    return reshape(add(square(sub(1, x)), mul(100, square(sub(y, square(x))))), [-1]);
  });

/** The bent valley; what is predicted is the point itself. */
export const rosenbrock: Problem = {
  name: 'rosenbrock',
  title: 'Rosenbrock',
  summary: `(1 − x)² + 100 (y − x²)² from near (${USUAL_START.join(', ')})`,
  target: 1e-3,
  mostSteps: MOST_STEPS,
  every: 1,
  whole: true,
  tunedOn: tuningSeeds(4), // where the valley bends, what is too fast may be thrown out of it, or not
  effort: 15,
  start(seed) {
    const random = randomStream(streamKey(seed, 'start'));
    const point = tidy(() => variable(tensor1d(USUAL_START.map((at, i) => at + AROUND * (2 * random.uniformAt(i) - 1))), true, 'point'));
    const nothing = { values: new Float32Array(1), shape: [] };
    const source = (steps: number): ReturnType<typeof batches> =>
      batches({ xs: nothing, ys: nothing, rows: new Int32Array(steps) }, { batchSize: 1, shuffle: false });
    return Promise.resolve({
      model: { variables: [point], predict: () => reshape(point, [1, 2]) },
      loss: valley,
      batches: source(MOST_STEPS),
      judged: source(1),
      dispose: () => point.dispose(),
    });
  },
};
