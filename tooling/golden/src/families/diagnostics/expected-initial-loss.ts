import { expectedInitialLoss, type ExpectedInitialLoss, type ExpectedInitialLossOptions } from '@downhill/diagnostics';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';
import { NotCovered } from '../../family.ts';

interface InitialCase {
  readonly config: {
    readonly head: string;
    readonly classes?: number;
    readonly priors?: readonly number[];
    readonly positiveRate?: number;
  };
  readonly input: { readonly targets?: TensorData };
  readonly expected: Readonly<Record<string, number | TensorData>>;
}

/** Ours of what the reference calls it. */
const ours: Readonly<Record<string, (found: ExpectedInitialLoss) => number | readonly number[]>> = {
  loss: ({ loss }) => loss,
  accuracy: ({ accuracy = Number.NaN }) => accuracy,
  uniformLoss: ({ loss }) => loss,
  zeroBiasLoss: ({ loss }) => loss,
  zeroOutputLoss: ({ loss }) => loss,
  uniformSoftmaxLoss: ({ loss }) => loss,
  priorBiasLoss: ({ constantLoss }) => constantLoss,
  meanOutputLoss: ({ constantLoss }) => constantLoss,
  medianOutputLoss: ({ constantLoss }) => constantLoss,
  majorityAccuracy: ({ majorityAccuracy = Number.NaN }) => majorityAccuracy,
  logitBias: ({ bias }) => bias,
  outputBias: ({ bias }) => bias,
  bias: ({ bias }) => bias,
};

export const expectedInitialLossFile: Replay = replayOf<InitialCase>(({ config, input, expected }, compare) => {
  for (const [name, value] of Object.entries(expected)) {
    const read = ours[name];
    if (read === undefined) throw new NotCovered(`no number named '${name}'`);
    const found = read(expectedInitialLoss(optionsOf(config, input, name)));
    compare.relative(name, found, typeof value === 'number' ? value : value.data, 1e-8);
  }
});

function optionsOf(
  { head, ...config }: InitialCase['config'],
  { targets }: InitialCase['input'],
  name: string,
): ExpectedInitialLossOptions {
  if (head === 'softmax' || head === 'sigmoid') return { head, ...config };
  if (head === 'mse-onehot') return { head: name === 'uniformSoftmaxLoss' ? 'softmax' : 'linear', loss: 'meanSquaredError', ...config };
  const [rows = 0, outputs = 0] = targets?.shape ?? [];
  const table = Array.from({ length: rows }, (_, i) => targets?.data.slice(i * outputs, (i + 1) * outputs) ?? []);
  return { head: 'linear', loss: head === 'mse' ? 'meanSquaredError' : 'meanAbsoluteError', targets: table };
}
