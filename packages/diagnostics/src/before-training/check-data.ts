import { checkNumber, DownhillError } from '@downhill/core';
import { examplesOf, valuesPerExample, type ArrayData } from '@downhill/training';
import { worstVerdict, type Check, type Verdict } from './check.ts';
import { shortNumber } from './check-text.ts';
import { duplicateRows, type Pair } from './duplicate-rows.ts';
import { featureStatistics, type FeatureStatistics } from './feature-statistics.ts';
import { labelCounts } from './label-counts.ts';

/** Options of {@link checkData}. */
export interface CheckDataOptions {
  /** What is trained on. */
  readonly training: ArrayData;
  /** What is held out: validation or test. */
  readonly test?: ArrayData;
  /** Number of classes. @defaultValue the largest class number that occurs, and one */
  readonly classes?: number;
}

/** One thing that was looked at. */
interface Finding {
  readonly what: string;
  readonly verdict: Verdict;
  readonly text: string;
  readonly advice?: string;
  readonly numbers: Readonly<Record<string, number>>;
}

export interface DataCheck extends Check {
  /** Features that have one value in all training examples. */
  readonly constantFeatures: readonly number[];
  /** Training examples that were there before. */
  readonly duplicates: readonly Pair[];
  /** Test examples (`second`) that are among the training examples (`first`). */
  readonly leaked: readonly Pair[];
  /** Examples of each class; missing where the labels are no classes. */
  readonly labelCounts?: readonly number[];
}

/** A class with a tenth of the examples of the largest. */
const UNBALANCED = 10;

/**
 * Looks through a data set before training: values that are no numbers, the scale of the inputs, features that say nothing, how many examples each class has,
 * examples that come twice, with other labels or among those that are held out.
 *
 * | finding | warning | failed |
 * | --- | --- | --- |
 * | NaN or infinite | | any |
 * | scale | spread outside 0.01 to 10, a value beyond 100, ranges of features 1000 apart | no spread at all |
 * | constant features | more than half | |
 * | label balance | a class with a tenth of the largest | a class without examples |
 * | duplicates | more than 1 %, or any with another label | |
 * | held out, but trained on | any | more than 1 % |
 *
 * Everything is compared bit by bit, so near copies are not found. 60,000 pictures of 28 × 28 take a second or two.
 *
 * @example
 * const training = { xs: { values: Float32Array.of(-1, 0, 1, Number.NaN), shape: [1] }, ys: { values: Int32Array.of(0, 1, 0, 1), shape: [] } };
 * checkData({ training }).verdict; // 'failed'
 *
 * @throws DownhillError `shape-mismatch` where columns do not fit one another, `data-invalid` where there is no example.
 */
export function checkData({ training, test, classes }: CheckDataOptions): DataCheck {
  if (classes !== undefined) checkNumber(SOURCE, { classes }, { min: 2, integer: true });
  for (const [name, data] of Object.entries({ training, ...(test === undefined ? {} : { test }) }))
    if (examplesOf(SOURCE, data) === 0) throw new DownhillError({ code: 'data-invalid', source: SOURCE, problem: `\`${name}\` is empty` });
  if (test !== undefined && valuesPerExample(test.xs) !== valuesPerExample(training.xs))
    throw new DownhillError({
      code: 'shape-mismatch',
      source: SOURCE,
      problem: `\`test\` has examples of shape [${test.xs.shape.join(', ')}], \`training\` of [${training.xs.shape.join(', ')}]`,
    });
  const features = featureStatistics(training);
  const counts = labelCounts(training, classes);
  const { within: duplicates, between: leaked } = duplicateRows(training, test);
  const findings = [
    finiteness(training, test, features),
    scale(features),
    constants(features),
    ...(counts === undefined ? [] : [balance(counts)]),
    repeats(duplicates, examplesOf(SOURCE, training)),
    ...(test === undefined ? [] : [leaks(leaked, examplesOf(SOURCE, test))]),
  ];
  return {
    ...joined(findings),
    constantFeatures: features.constant,
    duplicates,
    leaked,
    ...(counts === undefined ? {} : { labelCounts: counts }),
  };
}

const SOURCE = 'checkData';

function finiteness(training: ArrayData, test: ArrayData | undefined, features: FeatureStatistics): Finding {
  const inLabels = [training, test].reduce((sum, data) => sum + nonFinite(data?.ys.values ?? []), 0);
  const inTest = test === undefined ? 0 : featureStatistics(test).nonFinite;
  const count = features.nonFinite + inLabels + inTest;
  const where = features.firstNonFinite < 0 ? '' : `, first in training example ${features.firstNonFinite}`;
  return {
    what: 'NaN or infinite',
    verdict: count === 0 ? 'ok' : 'failed',
    text: count === 0 ? 'none' : `${count} values${where}`,
    numbers: { nonFinite: count },
    ...(count === 0 ? {} : { advice: 'Leave those examples out, or fill the gaps with the mean of the feature.' }),
  };
}

const nonFinite = (values: ArrayLike<number>): number =>
  Array.prototype.filter.call(values, (value: number) => !Number.isFinite(value)).length;

function scale({ mean, std, maxAbs, ranges }: FeatureStatistics): Finding {
  const moving = [...ranges].filter((range) => range > 0).sort((a, b) => a - b);
  const at = (share: number): number => moving[Math.floor(share * (moving.length - 1))] ?? 1;
  const apart = at(0.95) / at(0.05);
  const odd = !(std >= 0.01 && std <= 10) || maxAbs > 100 || apart > 1000;
  return {
    what: 'scale',
    verdict: std === 0 ? 'failed' : odd ? 'warning' : 'ok',
    text: `mean ${shortNumber(mean)}, spread ${shortNumber(std)}, up to ${shortNumber(maxAbs)}; ranges of features ${shortNumber(apart)} times apart`,
    numbers: { mean, std, maxAbs, rangesApart: apart },
    ...(odd ? { advice: 'Bring the inputs to about unit size: bytes by scale: 1 / 255, features of their own by mean and spread.' } : {}),
  };
}

function constants({ constant, ranges }: FeatureStatistics): Finding {
  const many = constant.length > ranges.length / 2;
  return {
    what: 'constant features',
    verdict: many ? 'warning' : 'ok',
    text: `${constant.length} of ${ranges.length}`,
    numbers: { constantFeatures: constant.length },
    ...(many ? { advice: 'Most features say nothing: see that the data was read as it should be.' } : {}),
  };
}

function balance(counts: readonly number[]): Finding {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const verdict: Verdict = least === 0 || counts.length < 2 ? 'failed' : most >= UNBALANCED * least ? 'warning' : 'ok';
  return {
    what: 'label balance',
    verdict,
    text: `${counts.length} classes with ${least} to ${most} examples`,
    numbers: { classes: counts.length, smallestClass: least, largestClass: most },
    ...(verdict === 'ok'
      ? {}
      : { advice: 'Weight the rare classes, draw them more often, or look at recall by class instead of accuracy.' }),
  };
}

function repeats(pairs: readonly Pair[], examples: number): Finding {
  const conflicting = pairs.filter(({ sameLabel }) => !sameLabel).length;
  const verdict: Verdict = conflicting > 0 || pairs.length > examples / 100 ? 'warning' : 'ok';
  return {
    what: 'duplicates',
    verdict,
    text: `${pairs.length} examples, ${conflicting} with another label`,
    numbers: { duplicates: pairs.length, conflicting },
    ...(verdict === 'ok' ? {} : { advice: 'Keep one of each; of those with several labels, look at the first ones by eye.' }),
  };
}

function leaks(pairs: readonly Pair[], examples: number): Finding {
  const verdict: Verdict = pairs.length === 0 ? 'ok' : pairs.length > examples / 100 ? 'failed' : 'warning';
  return {
    what: 'held out, but trained on',
    verdict,
    text: `${pairs.length} of ${examples} examples`,
    numbers: { leaked: pairs.length },
    ...(verdict === 'ok' ? {} : { advice: 'Take them out of the training data: what is held out must be new.' }),
  };
}

function joined(findings: readonly Finding[]): Check {
  const verdict = worstVerdict(findings.map((finding) => finding.verdict));
  const wrong = findings.filter((finding) => finding.verdict !== 'ok');
  return {
    kind: 'check',
    name: 'data',
    verdict,
    summary: wrong.length === 0 ? 'nothing is wrong with the data.' : `${wrong.map(({ what, text }) => `${what}: ${text}`).join('; ')}.`,
    numbers: Object.assign({}, ...findings.map(({ numbers }) => numbers)) as Record<string, number>,
    advice: wrong.length === 0 ? 'Go on.' : wrong.map(({ advice = '' }) => advice).join(' '),
    meaning: 'What is wrong in the data no training puts right, and what is held out no longer says how the model does on new examples.',
    table: { columns: ['what', 'verdict', 'found'], rows: findings.map(({ what, verdict: own, text }) => [what, own, text]) },
  };
}
