import { hessianEigenvalues, hessianVectorProduct, powerIteration, type LossOfWeights } from '@downhill/diagnostics';
import {
  add,
  addN,
  dispose,
  logSoftmax,
  matMul,
  mean,
  mul,
  neg,
  oneHot,
  square,
  sum,
  tanh,
  tensor1d,
  tidy,
  variable,
  type Scalar,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';

interface HessianCase {
  readonly config: { readonly model: 'softmaxRegression' | 'tanhMLP'; readonly l2: number };
  readonly input: {
    readonly x: TensorData;
    readonly labels: TensorData;
    readonly weights: readonly TensorData[];
    readonly vector: TensorData;
    readonly rademacher: TensorData;
  };
  readonly expected: {
    readonly loss: number;
    readonly eigenvalues: TensorData;
    readonly topEigenvalue: number;
    readonly topEigenvector: TensorData;
    readonly trace: number;
    readonly diagonal: TensorData;
    readonly hessianVector: TensorData;
    readonly rayleighOfPowerIteration: readonly number[];
    readonly hutchinson: readonly number[];
  };
}

/** Relative to the largest eigenvalue in magnitude. */
const TOLERANCE = 1e-4;

export const hessianFile: Replay = replayOf<HessianCase>(async ({ config, input, expected }, compare) => {
  const { of, release } = caseLoss(config, input);
  try {
    const size = expected.diagonal.data.length;
    const magnitude = Math.max(...expected.eigenvalues.data.map(Math.abs));
    tidy(() => compare.relative('loss', of.loss(), expected.loss, 1e-5));

    const product = await hessianVectorProduct(of, input.vector.data);
    compare.relative('hessianVector', product.product, expected.hessianVector, TOLERANCE);

    const { largest } = await hessianEigenvalues(of, { largest: size, iterations: size, tolerance: 0 });
    const rising = largest.map(({ eigenvalue }) => eigenvalue).reverse();
    compare.absolute('eigenvalues', rising, expected.eigenvalues, TOLERANCE * magnitude);
    const [top] = (await hessianEigenvalues(of, { tolerance: 1e-5 })).largest;
    compare.absolute('topEigenvalue', top?.eigenvalue ?? Number.NaN, expected.topEigenvalue, TOLERANCE * magnitude);
    compare.absolute('topEigenvector', top?.eigenvector ?? [], expected.topEigenvector, 1e-3);

    const steps = expected.rayleighOfPowerIteration.length;
    const { rayleigh } = await powerIteration(of, { start: input.vector.data, iterations: steps, tolerance: 0 });
    compare.absolute('rayleighOfPowerIteration', rayleigh, expected.rayleighOfPowerIteration, TOLERANCE * magnitude);

    const rows = Array.from({ length: 8 }, (_, i) => input.rademacher.data.slice(i * size, (i + 1) * size));
    const estimates = await Promise.all(rows.map((row) => quadraticForm(of, row)));
    compare.relative('hutchinson', estimates, expected.hutchinson, TOLERANCE);
    const units = Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => Number(i === j)));
    const diagonal = await Promise.all(units.map((unit) => quadraticForm(of, unit)));
    compare.absolute('diagonal', diagonal, expected.diagonal, TOLERANCE * magnitude);
    compare.absolute('trace', diagonal.reduce((total, value) => total + value, 0), expected.trace, TOLERANCE * magnitude); // prettier-ignore
  } finally {
    release();
  }
});

async function quadraticForm(of: LossOfWeights, vector: readonly number[]): Promise<number> {
  const { product } = await hessianVectorProduct(of, vector);
  return vector.reduce((total, value, i) => total + value * (product[i] ?? 0), 0);
}

function caseLoss(
  { model, l2 }: HessianCase['config'],
  input: HessianCase['input'],
): { readonly of: LossOfWeights; readonly release: () => void } {
  const x = tensorOf(input.x);
  const targets = tidy(() => oneHot(tensor1d([...input.labels.data], 'int32'), 3));
  const weights = input.weights.map((weight, i) => ({ key: `${i}`, variable: tidy(() => variable(tensorOf(weight))) }));
  const variables = weights.map(({ variable: weight }) => weight);
  const affine = (inputs: Tensor, [w, b]: readonly Tensor[]): Tensor =>
    w === undefined || b === undefined ? inputs : add(matMul(inputs, w), b);
  const loss = (): Scalar =>
    tidy(() => {
      const hidden = model === 'tanhMLP' ? tanh(affine(x, variables)) : x;
      const logits = affine(hidden, variables.slice(-2));
      const crossEntropy = neg(mean(sum(mul(targets, logSoftmax(logits)), -1)));
      return add(crossEntropy, mul(addN(variables.map((weight) => sum(square(weight)))), l2 / 2));
    });
  return { of: { kind: 'loss of weights', weights, loss }, release: () => dispose([x, targets, ...variables]) };
}
