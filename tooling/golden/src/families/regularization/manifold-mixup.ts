import { forwardMixed, mixedLoss } from '@downhill/regularization';
import { softTargetCrossEntropy } from '@downhill/tfjs';
import { mean, tidy, variableGrads, type Scalar, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';

type Weight = 'W1' | 'b1' | 'W2' | 'b2';

interface MixupCase {
  readonly config: { readonly layer: number; readonly lambda: number; readonly permutation: readonly number[] };
  readonly input: Readonly<Record<Weight | 'x' | 'labels', TensorData>>;
  readonly expected: { readonly logits: TensorData; readonly value: number } & Readonly<Record<`d${Weight}`, TensorData>>;
}

const WEIGHTS = ['W1', 'b1', 'W2', 'b2'] as const satisfies readonly Weight[];

export const manifoldMixupFile: Replay = replayOf<MixupCase>(({ config, input, expected }, compare) => {
  const [inputs = 0, hidden = 0] = input.W1.shape;
  const model = sequential({
    layers: [layers.dense({ units: hidden, inputShape: [inputs], activation: 'relu' }), layers.dense({ units: input.W2.shape[1] ?? 0 })],
  });
  try {
    tidy(() => {
      model.setWeights(WEIGHTS.map((name) => tensorOf(input[name])));
      const x = tensorOf(input.x);
      const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
      compare.relative('logits', forwardMixed(model, x, config), expected.logits, 1e-5);
      const loss = mixedLoss(softTargetCrossEntropy, config);
      const labels = tensorOf(input.labels);
      const { value, grads } = variableGrads(() => mean<Scalar>(loss(labels, forwardMixed(model, x, config))), variables);
      compare.relative('value', value, expected.value, 1e-5);
      for (const [i, name] of WEIGHTS.entries()) {
        const gradient = grads[variables[i]?.name ?? ''] as Tensor;
        compare.relative(`d${name}`, gradient, expected[`d${name}`], 1e-5);
      }
    });
  } finally {
    model.dispose();
  }
});
