import { alphaOf, type StepAlongLine } from '@downhill/diagnostics';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import type { TensorData } from '../../cases/tensor-data.ts';

interface AlphaCase {
  readonly config: Readonly<Record<string, never>>;
  readonly input: StepAlongLine;
  readonly expected: { readonly quadratic: TensorData | null; readonly alpha: number | null };
}

export const alphaFile: Replay = replayOf<AlphaCase>(({ input, expected }, compare) => {
  const { quadratic, alpha } = alphaOf(input);
  if (expected.quadratic === null || quadratic === null) compare.same('quadratic', quadratic, expected.quadratic);
  else compare.relative('quadratic', quadratic, expected.quadratic.data, 1e-6);
  if (expected.alpha === null || alpha === null) compare.same('alpha', alpha, expected.alpha);
  else compare.relative('alpha', alpha, expected.alpha, 1e-6);
});
