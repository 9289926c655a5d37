import { exp } from '@downhill/core/math';
import { handicap, strength } from './evidence.ts';
import type { Features } from './features/features.ts';
import { FINDINGS, type Finding, type Rule } from './rule.ts';
import { rules } from './rules/rules.ts';
import { weightsOf } from './weights-of.ts';

/** How well a rule fits a run: its weighed evidence and what it starts with. */
export interface Score {
  readonly rule: Rule;
  readonly value: number;
}

/** score = bias + Σ weight · strength + Σ log(strength of what is required), by rule. */
export const scoresOf = (features: Features): readonly Score[] =>
  rules.map((rule) => {
    const { bias, evidence } = weightsOf(rule);
    const start = bias + handicap(rule.required ?? [], features);
    return { rule, value: rule.evidence.reduce((sum, each, i) => sum + (evidence[i] ?? 0) * strength(each, features), start) };
  });

/** Epochs at which the scores count half: after few there is little to see. */
const HALF_SURE = 3;

/** A finding's probability: the softmax of the scores, flatter for a short run, summed over the rules that stand for it. */
export function probabilities(scores: readonly Score[], epochs: number): ReadonlyMap<Finding, number> {
  const most = scores.reduce((highest, { value }) => Math.max(highest, value), -Infinity);
  const sureness = epochs / (epochs + HALF_SURE);
  const shares = scores.map(({ rule, value }) => ({ label: rule.label, share: exp(sureness * (value - most)) }));
  const total = shares.reduce((sum, { share }) => sum + share, 0);
  const of = (label: Finding): number => shares.reduce((sum, each) => (each.label === label ? sum + each.share : sum), 0) / total;
  return new Map(FINDINGS.map((label) => [label, of(label)]));
}
