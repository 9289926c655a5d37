import type { Penalty } from '@downhill/regularization';
import { dispose, valueAndGrad, type Tensor } from '@tensorflow/tfjs-core';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';
import { stepOf } from './step-of.ts';

/** The tolerance that the references' README gives for penalties and their gradients. */
const TOLERANCE = 1e-5;

interface PenaltyCase<Config> {
  readonly config: Config & Readonly<Record<string, unknown>>;
  readonly input: { readonly w: TensorData };
  readonly expected: { readonly value: number; readonly grad: TensorData };
}

/** Replays a penalty both as a function on tensors and as a part of a chain. @param make Must take all weights. */
export const penaltyReplay = <Config>(make: (config: Config) => Penalty): Replay =>
  replayOf<PenaltyCase<Config>>(async ({ config, input, expected }, compare, backend) => {
    const penalty = make(config);
    const w = tensorOf(input.w);
    const { value, grad } = valueAndGrad((x: Tensor) => penalty.value(x))(w);
    compare.relative('value', value, expected.value, TOLERANCE);
    compare.relative('gradient', grad, expected.grad, TOLERANCE);
    const { gradient, statistics } = await stepOf(penalty, w, backend);
    compare.relative('value in a chain', statistics[`${penalty.name}/penalty`] ?? Number.NaN, expected.value, TOLERANCE);
    compare.relative('gradient in a chain', gradient, expected.grad, TOLERANCE);
    dispose([w, value, grad]);
  });
