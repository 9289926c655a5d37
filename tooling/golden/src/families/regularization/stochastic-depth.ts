import { expectedDepth, linearDecay, stochasticDepth } from '@downhill/regularization';
import { add, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';
import { executionOn } from './execution.ts';
import { gradientsOf } from './gradients.ts';

interface DecayCase {
  readonly config: { readonly op: 'linearDecay'; readonly layers: number; readonly lastSurvival: number };
  readonly input: object;
  readonly expected: Readonly<Record<'huang2016' | 'timm' | 'torchvisionEfficientNet', TensorData>> & { readonly expectedDepth: number };
}

interface BranchCase {
  readonly config: { readonly op: 'row' | 'batch'; readonly rate: number };
  readonly input: { readonly shortcut: TensorData; readonly branch: TensorData; readonly draws: TensorData; readonly dy: TensorData };
  readonly expected: { readonly y: TensorData; readonly dBranch: TensorData };
}

const isDecay = (known: DecayCase | BranchCase): known is DecayCase => known.config.op === 'linearDecay';

export const stochasticDepthFile: Replay = replayOf<DecayCase | BranchCase>((known, compare, backend) => {
  if (isDecay(known)) {
    const { layers, lastSurvival } = known.config;
    for (const convention of ['huang2016', 'timm', 'torchvisionEfficientNet'] as const)
      compare.absolute(convention, linearDecay({ layers, lastSurvival, convention }), known.expected[convention], 1e-8);
    compare.absolute('expectedDepth', expectedDepth(linearDecay({ layers, lastSurvival })), known.expected.expectedDepth, 1e-6);
    return;
  }
  const { config, input, expected } = known;
  tidy(() => {
    const [shortcut, draws] = [tensorOf(input.shortcut), tensorOf(input.draws)];
    const f = (branch: Tensor): Tensor =>
      add(shortcut, stochasticDepth(branch, { rate: config.rate, mode: config.op, draws, execution: executionOn(backend) }));
    const branch = tensorOf(input.branch);
    compare.relative('y', f(branch), expected.y, 1e-5);
    const [gradient] = gradientsOf(f, [branch], input.dy);
    if (gradient !== undefined) compare.relative('dBranch', gradient, expected.dBranch, 1e-5);
  });
});
