import { hyperband, hyperbandBracketOf, hyperbandShares } from '@downhill/tuning';
import { replayOf, type Case, type Replay } from '../../cases/case-family.ts';
import type { Config } from '../../family.ts';
import { prunerReplay } from './pruner-trace.ts';

interface HyperbandCase extends Case {
  readonly expected: {
    readonly trials: readonly { readonly bracket: number }[];
    readonly brackets: number;
    readonly allocationBudgets: readonly number[];
  };
}

const optionsOf = (config: Config) => ({
  minResource: config['min_resource'] as number,
  maxResource: config['max_resource'] as number,
  reductionFactor: config['reduction_factor'] as number,
});

const trace = prunerReplay((config) => hyperband(optionsOf(config)));

export const hyperbandFile: Replay = replayOf<HyperbandCase>((known, compare, backend) => {
  const { config, expected } = known;
  const shares = hyperbandShares(optionsOf(config));
  compare.same('brackets', shares.length, expected.brackets);
  compare.same('allocationBudgets', shares, expected.allocationBudgets);
  const ours = expected.trials.map((_, number) => hyperbandBracketOf(shares, config['studyName'] as string, number));
  compare.same('bracket', ours, expected.trials.map(({ bracket }) => bracket)); // prettier-ignore
  return trace(known, compare, backend);
});
