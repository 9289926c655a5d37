import { checkGradients, compareGradient, type LossOfWeights } from '@downhill/diagnostics';
import { abs, dispose, mean, mul, logSoftmax, matMul, neg, oneHot, softplus, square, sub, sum, tanh, tensor1d, tidy, variable, type Scalar, type Tensor } from '@tensorflow/tfjs-core'; // prettier-ignore
import { replayOf, type Replay } from '../../cases/case-family.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';

type FunctionName = 'softmaxRegression' | 'logisticRegression' | 'meanTanhSquare' | 'l1Kink';

interface GradientCase {
  readonly config: { readonly function: FunctionName; readonly difference: 'central' | 'forward'; readonly h: number };
  readonly input: { readonly w: TensorData; readonly x: TensorData; readonly labels: TensorData; readonly binaryLabels: TensorData };
  readonly expected: {
    readonly value: number;
    readonly analytic: TensorData;
    readonly numeric: TensorData;
    readonly maxRelativeError: number;
    readonly wrongAnalytic: TensorData;
    readonly wrongMaxRelativeError: number;
    readonly wrongIndex: number;
    readonly verdict: string;
    readonly wrongVerdict: string;
  };
}

export const gradientCheckFile: Replay = replayOf<GradientCase>(async ({ config, input, expected }, compare) => {
  const value = functionOf(config.function, input);
  const options = { difference: config.difference, step: config.h };
  compare.relative('value', value(input.w.data), expected.value, 1e-7);
  const right = await compareGradient(value, input.w.data, expected.analytic.data, options);
  compare.relative('numeric', right.derivatives.map(({ numeric }) => numeric), expected.numeric, 1e-7); // prettier-ignore
  compare.absolute('maxRelativeError', right.maxRelativeError, expected.maxRelativeError, 1e-6); // rounding of 1e-16/h
  compare.same('verdict', right.verdict, expected.verdict);
  const wrong = await compareGradient(value, input.w.data, expected.wrongAnalytic.data, options);
  compare.absolute('wrongMaxRelativeError', wrong.maxRelativeError, expected.wrongMaxRelativeError, 1e-6);
  compare.same('wrongVerdict', wrong.verdict, expected.wrongVerdict);
  compare.same('wrongIndex', wrong.worstIndex, expected.wrongIndex);

  const { of, release } = tensorLoss(config.function, input);
  try {
    const [found] = (await checkGradients(of, { samples: 100 })).tensors;
    compare.same('verdict of tensors', found?.verdict, expected.verdict);
    if (expected.verdict === 'pass')
      compare.relative('gradient of tensors', found?.derivatives.map(({ numeric }) => numeric) ?? [], expected.analytic, 1e-3);
  } finally {
    release();
  }
});

/** The function in float64. */
function functionOf(name: FunctionName, { w, x, labels, binaryLabels }: GradientCase['input']): (weights: readonly number[]) => number {
  const [rows = 0, inputs = 0] = x.shape;
  const outputs = w.shape[1] ?? 1;
  const product = (weights: readonly number[], row: number): number[] =>
    Array.from({ length: outputs }, (_, j) =>
      Array.from({ length: inputs }, (__, i) => (x.data[row * inputs + i] ?? 0) * (weights[i * outputs + j] ?? 0)).reduce(
        (a, b) => a + b,
        0,
      ),
    );
  const lossOf: Record<Exclude<FunctionName, 'l1Kink'>, (z: readonly number[], row: number) => number> = {
    softmaxRegression: (z, row) => Math.log(z.reduce((total, value) => total + Math.exp(value), 0)) - (z[labels.data[row] ?? 0] ?? 0),
    logisticRegression: ([z = 0], row) => Math.log1p(Math.exp((binaryLabels.data[row] === 1 ? -1 : 1) * z)),
    meanTanhSquare: (z) => z.reduce((total, value) => total + Math.tanh(value) ** 2, 0) / outputs,
  };
  if (name === 'l1Kink') return (weights) => weights.reduce((total, value) => total + Math.abs(value), 0);
  const loss = lossOf[name];
  return (weights) => Array.from({ length: rows }, (_, row) => loss(product(weights, row), row)).reduce((a, b) => a + b, 0) / rows;
}

/** The same in tensors. */
function tensorLoss(name: FunctionName, input: GradientCase['input']): { readonly of: LossOfWeights; readonly release: () => void } {
  const weight = tidy(() => variable(tensorOf(input.w)));
  const x = tensorOf(input.x);
  const targets = tidy(() => oneHot(tensor1d([...input.labels.data], 'int32'), 3));
  const signs = tidy(() => sub(1, mul(2, tensorOf({ shape: [input.x.shape[0] ?? 1, 1], data: input.binaryLabels.data }))));
  const losses: Record<FunctionName, () => Tensor> = {
    softmaxRegression: () => neg(sum(mul(targets, logSoftmax(matMul(x, weight as Tensor))), -1)),
    logisticRegression: () => softplus(mul(signs, matMul(x, weight as Tensor))),
    meanTanhSquare: () => square(tanh(matMul(x, weight as Tensor))),
    l1Kink: () => sum(abs(weight)),
  };
  const loss = (): Scalar => tidy(() => mean(losses[name]()));
  return {
    of: { kind: 'loss of weights', weights: [{ key: 'w', variable: weight }], loss },
    release: () => dispose([weight, x, targets, signs]),
  };
}
