import { maxNorm, minMaxNorm, nonNegative, unitNorm, type Constraint } from '@downhill/regularization';
import { dispose } from '@tensorflow/tfjs-core';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';
import { NotCovered } from '../../family.ts';
import { stepOf } from './step-of.ts';

interface ConstraintConfig {
  readonly kind: string;
  readonly axis: number[];
  readonly epsilon: number;
  readonly minValue: number;
  readonly maxValue: number;
  readonly rate: number;
}

interface ConstraintCase {
  readonly config: ConstraintConfig & Readonly<Record<string, unknown>>;
  readonly input: { readonly w: TensorData };
  readonly expected: { readonly w: TensorData };
}

const mask = {};
const kinds: Readonly<Record<string, (config: ConstraintConfig) => Constraint>> = {
  maxNorm: ({ maxValue, axis, epsilon }) => maxNorm({ maxValue, axis, epsilon, mask }),
  unitNorm: ({ axis, epsilon }) => unitNorm({ axis, epsilon, mask }),
  nonNeg: () => nonNegative({ mask }),
  minMaxNorm: ({ minValue, maxValue, rate, axis, epsilon }) => minMaxNorm({ minValue, maxValue, rate, axis, epsilon, mask }),
};

/** As a function on tensors, and on the new weight of a step that moves nothing. */
export const constraints: Replay = replayOf<ConstraintCase>(async ({ config, input, expected }, compare, backend) => {
  const constraint = kinds[config.kind]?.(config);
  if (constraint === undefined) throw new NotCovered(`no constraint of the kind '${config.kind}'`);
  const w = tensorOf(input.w);
  const applied = constraint.apply(w);
  compare.relative('weight', applied, expected.w, 1e-5);
  const { weight } = await stepOf(constraint, w, backend);
  compare.relative('weight after a step', weight, expected.w, 1e-5);
  dispose([w, applied]);
});
