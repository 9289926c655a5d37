import { smoothedLosses, suggestLearningRates, type LearningRateSuggestions } from '@downhill/diagnostics';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import type { Comparison } from '../../cases/comparison.ts';

/** Numbers that are not finite are words. */
interface Series {
  readonly data: readonly (number | string)[];
}

interface Suggested {
  readonly steep: number;
  readonly minimum: number;
  readonly minimumAt: number;
  readonly valley: number;
}

interface RangeTestCase {
  readonly config: { readonly iterations: number; readonly beta: number };
  readonly input: { readonly lr: Series; readonly rawLoss: Series };
  readonly expected: {
    readonly smoothedLoss: Series;
    readonly used: readonly [from: number, to: number];
    readonly suggestions: Suggested;
    readonly suggestionsRaw: Suggested;
  };
}

const numbers = ({ data }: Series): readonly number[] => data.map(Number);
export const rangeTestFile: Replay = replayOf<RangeTestCase>(({ config, input, expected }, compare) => {
  const rates = numbers(input.lr);
  const losses = numbers(input.rawLoss);
  const smoothed = smoothedLosses(losses, config.beta);
  const finite = (values: readonly number[]): readonly number[] => values.filter(Number.isFinite);
  compare.same('where it is finite', finite(smoothed).length, finite(numbers(expected.smoothedLoss)).length);
  compare.relative('smoothedLoss', finite(smoothed), finite(numbers(expected.smoothedLoss)), 1e-8);
  const used = { skipStart: Math.floor(config.iterations / 10), skipEnd: 5 };
  compareSuggestions('suggestions', suggestLearningRates(rates, smoothed, used), expected.suggestions, compare);
  compareSuggestions('suggestionsRaw', suggestLearningRates(rates, losses), expected.suggestionsRaw, compare);
});

function compareSuggestions(what: string, ours: LearningRateSuggestions | undefined, theirs: Suggested, compare: Comparison): void {
  compare.relative(`${what}, steep`, ours?.steepest ?? Number.NaN, theirs.steep, 1e-8);
  compare.relative(`${what}, minimum`, ours?.minimum ?? Number.NaN, theirs.minimum, 1e-8);
  compare.relative(`${what}, minimumAt`, ours?.minimumAt ?? Number.NaN, theirs.minimumAt, 1e-8);
  compare.relative(`${what}, valley`, ours?.valley ?? Number.NaN, theirs.valley, 1e-8);
}
