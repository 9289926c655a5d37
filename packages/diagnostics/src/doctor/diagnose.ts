import type { Curves } from '../curves.ts';
import { checkCurves } from './check-curves.ts';
import { strength } from './evidence.ts';
import { featuresOf, type FeatureName, type Features } from './features/features.ts';
import type { Finding, Rule } from './rule.ts';
import { probabilities, scoresOf } from './score.ts';
import { runOf, type Run } from './series.ts';
import { weightsOf } from './weights-of.ts';
import { WORDS } from './words.ts';

/** A number that the doctor used. */
export interface DiagnosisEvidence {
  /** What was measured. */
  readonly feature: FeatureName;
  readonly value: number;
  /** How well it fits the finding, in [0, 1]. */
  readonly strength: number;
  /** The number in words. */
  readonly text: string;
}

/** Another finding that the curves leave open. */
export interface OtherFinding {
  readonly finding: Finding;
  readonly confidence: number;
}

/** What the curves of a run say. */
export interface Diagnosis {
  readonly finding: Finding;
  /** In [0, 1]; all findings together have 1. */
  readonly confidence: number;
  /** What is seen, and what it means, in words. */
  readonly symptom: string;
  /** What spoke for it, the weightiest first. */
  readonly evidence: readonly DiagnosisEvidence[];
  /** What to do next. */
  readonly advice: string;
  /** All of it in one paragraph, with the numbers that were used. */
  readonly explanation: string;
  /** The other findings, the likeliest first. */
  readonly others: readonly OtherFinding[];
  /** What could not be told, for want of which series. */
  readonly cannotTell: readonly string[];
}

/**
 * Reads training curves as one does by eye: what is wrong with the run, how sure that is, on what evidence, and what to do next.
 * Eleven findings, each with a rule of a few symptoms (in units of the loss of guessing, shares of the run and of the loss itself);
 *
 *     score(rule) = bias + Σ weight · strength of evidence + Σ log(strength of what is required)        confidence = softmax(score)
 *
 * with the weights fitted on labelled runs. The fewer the epochs, the lower the confidence: a run may be looked at while it goes on.
 *
 * @example
 * const trainLoss = [2.1, 1.6, 1.2, 0.9, 0.7, 0.55];
 * const curves = { trainLoss, validationLoss: trainLoss, initialLoss: 2.3, classes: 10, lossFunction: 'crossEntropy', learningRate: trainLoss.map(() => 0.1) };
 * diagnose(curves).finding; // 'not_trained_long_enough'
 *
 * @throws DownhillError `invalid-argument` for a series that is none or an option that there is not, `shape-mismatch` for series of
 * unequal length.
 */
export function diagnose(curves: Curves): Diagnosis {
  checkCurves('diagnose', curves);
  const run = runOf(curves);
  const features = featuresOf(run);
  const scores = scoresOf(features);
  const ranked = [...probabilities(scores, run.epochs)]
    .sort(([, a], [, b]) => b - a)
    .map(([finding, confidence]) => ({ finding, confidence }));
  const [best, ...others] = ranked as [OtherFinding, ...OtherFinding[]];
  const { rule } = scores.filter((score) => score.rule.label === best.finding).reduce((a, b) => (b.value > a.value ? b : a));
  const { symptom, advice } = rule;
  const evidence = evidenceOf(rule, features);
  const cannotTell = missing(run);
  return { ...best, symptom, evidence, advice, others, cannotTell, explanation: paragraph(best, symptom, evidence, others, cannotTell) };
}

/** What speaks for a rule, by what it adds to the score; what is required stands behind what is weighed. */
function evidenceOf(rule: Rule, features: Features): readonly DiagnosisEvidence[] {
  const weights = weightsOf(rule).evidence;
  const weighed = rule.evidence.map((each, i) => ({ each, added: (weights[i] ?? 0) * strength(each, features) }));
  const all = [...weighed.sort((a, b) => b.added - a.added), ...(rule.required ?? []).map((each) => ({ each, added: 1 }))];
  const first = ({ each }: (typeof all)[number], i: number): boolean => all.findIndex((other) => other.each.feature === each.feature) === i;
  return all.filter(first).flatMap(({ each, added }) => {
    const value = features[each.feature];
    const share = strength(each, features);
    if (value === undefined || share <= 0.5 || added === 0) return [];
    return [{ feature: each.feature, value, strength: share, text: WORDS[each.feature](value) }];
  });
}

/** What a run without some series cannot show. */
function missing({ validation, trainAccuracy, validationAccuracy, rate, initial, unitIs }: Run): readonly string[] {
  return [
    ...(validation === undefined ? ['overfitting from a good fit, as there is no validation loss'] : []),
    ...(trainAccuracy === undefined || validationAccuracy === undefined
      ? ['wrong labels for certain, as there are not both accuracies']
      : []),
    ...(rate === undefined ? ['a rate that was cut too early from a loss that levelled off, as there is no learning rate'] : []),
    ...(initial === undefined ? ['how the run began, as there is no loss from before the first step'] : []),
    ...(unitIs === 'chance' ? [] : ['how far the loss is from that of guessing, as the classes or the loss function are not given']),
  ];
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

function paragraph(
  { finding, confidence }: OtherFinding,
  symptom: string,
  evidence: readonly DiagnosisEvidence[],
  others: readonly OtherFinding[],
  cannotTell: readonly string[],
): string {
  const numbers = evidence.slice(0, 4).map(({ text }) => text);
  const open = others.filter((other) => other.confidence >= 0.05).slice(0, 2);
  return [
    `The run ${symptom} (${finding}, ${percent(confidence)}).`,
    ...(numbers.length === 0 ? [] : [`${listed(numbers).replace(/^./, (letter) => letter.toUpperCase())}.`]),
    ...(open.length === 0
      ? []
      : [`It could also be ${open.map((other) => `${other.finding} (${percent(other.confidence)})`).join(' or ')}.`]),
    ...cannotTell.map((what) => `It cannot tell ${what}.`),
  ].join(' ');
}

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
