import { weightStandardization } from '@downhill/regularization';
import { grad, mul, sum, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';

interface StandardizationCase {
  readonly config: { readonly kind: 'qiao' | 'biased'; readonly epsilon: number };
  readonly input: { readonly kernel: TensorData; readonly dy: TensorData };
  readonly expected: { readonly kernel: TensorData; readonly dKernel: TensorData };
}

export const weightStandardizationFile: Replay = replayOf<StandardizationCase>(({ config, input, expected }, compare) => {
  tidy(() => {
    const [kernel, dy] = [tensorOf(input.kernel), tensorOf(input.dy)];
    compare.relative('kernel', weightStandardization(kernel, config), expected.kernel, 1e-5);
    const dKernel = grad((w: Tensor) => sum(mul(weightStandardization(w, config), dy)))(kernel);
    compare.relative('dKernel', dKernel, expected.dKernel, 1e-5);
  });
});
