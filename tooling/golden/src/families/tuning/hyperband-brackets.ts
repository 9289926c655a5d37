import { hyperbandBrackets } from '@downhill/tuning';
import { replayOf, type Replay } from '../../cases/case-family.ts';

interface BracketsCase {
  readonly config: { readonly R: number; readonly eta: number };
  readonly input: unknown;
  readonly expected: { readonly sMax: number; readonly brackets: readonly unknown[]; readonly budgetPerBracket: number };
}

export const hyperbandBracketsFile: Replay = replayOf<BracketsCase>(({ config: { R, eta }, expected }, compare) => {
  const brackets = hyperbandBrackets({ maxResource: R, reductionFactor: eta });
  compare.same('sMax', brackets.length - 1, expected.sMax);
  compare.same('brackets', brackets, expected.brackets);
  compare.same('budgetPerBracket', brackets.length * R, expected.budgetPerBracket); // (sₘₐₓ + 1) R, of which a bracket's n comes
});
