import { spectralNormalization } from '@downhill/regularization';
import { tidy } from '@tensorflow/tfjs-core';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';

interface SpectralCase {
  readonly config: { readonly iterations: number; readonly epsilon: number };
  readonly input: { readonly kernel: TensorData; readonly u: TensorData };
  readonly expected: { readonly sigma: number; readonly u: TensorData; readonly v: TensorData; readonly kernel: TensorData };
}

export const spectralNormFile: Replay = replayOf<SpectralCase>(({ config, input, expected }, compare) => {
  tidy(() => {
    const { kernel, sigma, u, v } = spectralNormalization(tensorOf(input.kernel), { ...config, u: tensorOf(input.u) });
    compare.relative('sigma', sigma, expected.sigma, 1e-5);
    compare.relative('u', u, expected.u, 1e-5);
    compare.relative('v', v, expected.v, 1e-5);
    compare.relative('kernel', kernel, expected.kernel, 1e-5);
  });
});
