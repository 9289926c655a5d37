import { deadUnits, saturatedFraction, valueStatistics } from '@downhill/diagnostics';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';

interface ActivationsCase {
  readonly config: { readonly saturation: number };
  readonly input: { readonly preActivation: TensorData; readonly relu: TensorData; readonly tanh: TensorData };
  readonly expected: Readonly<
    Record<
      'mean' | 'std' | 'min' | 'max' | 'skewness' | 'kurtosis' | 'zeroFraction' | 'deadUnits' | 'deadFraction' | 'saturatedFraction',
      number
    >
  > & { readonly percentiles: TensorData };
}

export const activationsFile: Replay = replayOf<ActivationsCase>(({ config, input, expected }, compare) => {
  const found = valueStatistics(input.preActivation.data);
  for (const name of ['mean', 'std', 'min', 'max', 'skewness', 'kurtosis'] as const)
    compare.absolute(name, found[name], expected[name], 1e-7);
  compare.absolute('percentiles', found.percentiles, expected.percentiles, 1e-7);
  const { dead, deadFraction, zeroFraction } = deadUnits(input.relu.data, input.relu.shape.at(-1) ?? 1);
  compare.same('deadUnits', dead, expected.deadUnits);
  compare.absolute('deadFraction', deadFraction, expected.deadFraction, 1e-8);
  compare.absolute('zeroFraction', zeroFraction, expected.zeroFraction, 1e-8);
  compare.absolute('saturatedFraction', saturatedFraction(input.tanh.data, 'tanh', config.saturation), expected.saturatedFraction, 1e-8);
});
