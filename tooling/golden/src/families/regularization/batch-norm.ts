import { movingStatistics, normalizeBatch, type ChannelStatistics } from '@downhill/regularization';
import { batchNorm, grads, mul, ones, sum, tidy, zeros, type Tensor } from '@tensorflow/tfjs-core';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';

interface BatchNormCase {
  readonly config: { readonly epsilon: number; readonly kerasMomentum: number };
  readonly input: {
    readonly gamma: TensorData;
    readonly beta: TensorData;
    readonly steps: readonly { readonly x: TensorData; readonly dy: TensorData }[];
    readonly xEval: TensorData;
  };
  readonly expected: { readonly steps: readonly Readonly<Record<Result, TensorData>>[]; readonly yEval: TensorData };
}

const RESULTS = ['y', 'dx', 'dGamma', 'dBeta', 'runningMean', 'runningVar'] as const;
type Result = (typeof RESULTS)[number];

export const batchNormFile: Replay = replayOf<BatchNormCase>(({ config: { epsilon, kerasMomentum }, input, expected }, compare) => {
  tidy(() => {
    const [gamma, beta] = [tensorOf(input.gamma), tensorOf(input.beta)];
    let running: ChannelStatistics = { mean: zeros(gamma.shape), variance: ones(gamma.shape) };
    for (const [t, step] of input.steps.entries()) {
      const [x, dy] = [tensorOf(step.x), tensorOf(step.dy)];
      const { y, ...batch } = normalizeBatch(x, { gamma, beta, epsilon });
      const along = (z: Tensor, g: Tensor, b: Tensor): Tensor => sum(mul(normalizeBatch(z, { gamma: g, beta: b, epsilon }).y, dy));
      const [dx, dGamma, dBeta] = grads(along)([x, gamma, beta]) as [Tensor, Tensor, Tensor];
      running = movingStatistics(running, batch, { momentum: kerasMomentum, unbiasedFrom: x.size / gamma.size });
      const ours = { y, dx, dGamma, dBeta, runningMean: running.mean, runningVar: running.variance };
      for (const what of RESULTS) {
        const known = expected.steps[t]?.[what];
        if (known === undefined) throw new Error(`step ${t} has no ${what}`);
        compare.relative(`step ${t}, ${what}`, ours[what], known, 1e-5);
      }
    }
    // What inference does with them is tfjs's own.
    const yEval = batchNorm(tensorOf(input.xEval), running.mean, running.variance, beta, gamma, epsilon);
    compare.relative('yEval', yEval, expected.yEval, 1e-5);
  });
});
