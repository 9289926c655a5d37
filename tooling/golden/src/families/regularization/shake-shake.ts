import { shakeShake } from '@downhill/regularization';
import { tidy, type Tensor } from '@tensorflow/tfjs-core';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';
import { executionOn } from './execution.ts';
import { gradientsOf } from './gradients.ts';

interface ShakeShakeCase {
  readonly config: { readonly perImage: boolean };
  readonly input: Readonly<Record<'x1' | 'x2' | 'alpha' | 'beta' | 'dy', TensorData>>;
  readonly expected: Readonly<Record<'y' | 'dx1' | 'dx2' | 'evaluation', TensorData>>;
}

export const shakeShakeFile: Replay = replayOf<ShakeShakeCase>(({ config: { perImage }, input, expected }, compare, backend) => {
  const execution = executionOn(backend);
  tidy(() => {
    const [alpha, beta, ...branches] = [input.alpha, input.beta, input.x1, input.x2].map(tensorOf) as [Tensor, Tensor, Tensor, Tensor];
    const train = (x1: Tensor, x2: Tensor): Tensor => shakeShake(x1, x2, { training: true, perImage, alpha, beta, execution });
    compare.relative('y', train(...branches), expected.y, 1e-5);
    gradientsOf(train, branches, input.dy).forEach((gradient, i) =>
      compare.relative(`dx${i + 1}`, gradient, i === 0 ? expected.dx1 : expected.dx2, 1e-5),
    );
    compare.relative('evaluation', shakeShake(...branches, { training: false, perImage, execution }), expected.evaluation, 1e-5);
  });
});
