import { alphaDropout, dropConnectDense, dropout, gaussianDropout, spatialDropout } from '@downhill/regularization';
import { tidy, type Tensor, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';
import { executionOn } from './execution.ts';
import { gradientsOf } from './gradients.ts';

interface DropoutCase {
  readonly config: {
    readonly kind: 'dropout' | 'spatialDropout' | 'alphaDropout' | 'gaussianDropout' | 'dropConnect';
    readonly rate: number;
    readonly maskBias?: boolean;
  };
  readonly input: Readonly<Record<string, TensorData>>;
  readonly expected: Readonly<Record<string, TensorData>>;
}

const TOLERANCE = 1e-5;

export const dropoutFile: Replay = replayOf<DropoutCase>(({ config, input, expected }, compare, backend) => {
  const execution = executionOn(backend);
  const { kind, rate, maskBias = false } = config;
  tidy(() => {
    const given = (name: string): Tensor => {
      const data = input[name];
      if (data === undefined) throw new Error(`the case has no ${name}`);
      return tensorOf(data);
    };
    const [names, f]: readonly [readonly string[], (...tensors: Tensor[]) => Tensor] = (() => {
      const one = (apply: (x: Tensor) => Tensor) => [['x'], (x: Tensor) => apply(x)] as const;
      switch (kind) {
        case 'dropout':
          return one((x) => dropout(x, { rate, mask: given('mask'), execution }));
        case 'spatialDropout':
          return one((x) => spatialDropout(x, { rate, mask: given('mask'), execution }));
        case 'alphaDropout':
          return one((x) => alphaDropout(x, { rate, mask: given('mask'), execution }));
        case 'gaussianDropout':
          return one((x) => gaussianDropout(x, { rate, normal: given('normal'), execution }));
        case 'dropConnect':
          return [
            ['x', 'W', 'b'],
            (x: Tensor, kernel: Tensor, bias: Tensor) =>
              dropConnectDense(x, {
                kernel: kernel as Tensor2D,
                bias: bias as Tensor1D,
                rate,
                maskBias,
                mask: given('mask'),
                ...(maskBias && { biasMask: given('biasMask') }),
                execution,
              }),
          ] as const;
        default:
          return kind satisfies never;
      }
    })();
    const inputs = names.map(given);
    const { y, dy = input.dy, ...gradients } = expected;
    if (y !== undefined) compare.relative('y', f(...inputs), y, TOLERANCE);
    if (dy === undefined) return;
    gradientsOf(f, inputs, dy).forEach((gradient, i) => {
      const name = `d${names[i]}`;
      const known = gradients[name];
      if (known !== undefined) compare.relative(name, gradient, known, TOLERANCE);
    });
  });
});
