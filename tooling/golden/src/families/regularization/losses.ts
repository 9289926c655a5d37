import {
  binaryLabelSmoothing,
  confidencePenalty,
  distillation,
  flooding,
  focalSigmoid,
  focalSoftmax,
  labelSmoothing,
  rDrop,
  withTeacher,
} from '@downhill/regularization';
import { softTargetCrossEntropy } from '@downhill/tfjs';
import type { Loss } from '@downhill/training';
import { mean, stack, tidy, unstack, valueAndGrad, type Tensor } from '@tensorflow/tfjs-core';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';
import { NotCovered } from '../../family.ts';

type Options = Readonly<Record<string, number>>;

interface LossCase {
  readonly config: Options & { readonly loss: string };
  readonly input: {
    readonly logits: TensorData;
    readonly logits2?: TensorData;
    readonly labels?: TensorData;
    readonly targets?: TensorData;
    readonly teacherLogits?: TensorData;
  };
  readonly expected: { readonly value: number; readonly dLogits: TensorData; readonly dLogits2?: TensorData };
}

/** By the names of the reference; the options have ours already. */
const losses: Readonly<Record<string, (options: Options) => Loss>> = {
  labelSmoothing,
  binaryLabelSmoothing,
  confidencePenalty,
  focalSoftmax,
  focalSigmoid,
  distillation,
  rDrop,
  flooding: ({ level = 0 }) => flooding(softTargetCrossEntropy, { level }),
};

export const lossesFile: Replay = replayOf<LossCase>(({ config: { loss: name, ...options }, input, expected }, compare) => {
  const build = losses[name];
  if (build === undefined) throw new NotCovered(`no loss named '${name}'`);
  tidy(() => {
    const { logits, logits2, labels, targets, teacherLogits } = input;
    const loss = build(options);
    const given = labels ?? targets;
    if (given === undefined) throw new NotCovered('a loss without targets');
    const ys = teacherLogits === undefined ? tensorOf(given) : withTeacher(tensorOf(given), tensorOf(teacherLogits));
    const predictions = logits2 === undefined ? tensorOf(logits) : stack([tensorOf(logits), tensorOf(logits2)], 1);
    const { value, grad } = valueAndGrad((z: Tensor) => mean(loss(ys, z)))(predictions);
    compare.relative('value', value, expected.value, 1e-5);
    const [dLogits, dLogits2] = logits2 === undefined ? [grad] : unstack(grad, 1);
    if (dLogits !== undefined) compare.relative('dLogits', dLogits, expected.dLogits, 1e-5);
    if (dLogits2 !== undefined && expected.dLogits2 !== undefined) compare.relative('dLogits2', dLogits2, expected.dLogits2, 1e-5);
  });
});
