import type { Benchmark, BenchmarkCase } from '../benchmark.ts';
import { weightCount, weightsCases } from '../optimizer-step/cases.ts';
import { bytesOfStep } from '../rules/bytes.ts';
import { plain, rules, SECOND_ORDER, type Rule } from '../rules/rules.ts';
import { stepsText } from './text.ts';

const MODEL = 'mlp9M';
const SUBJECT = 'downhill wasm';
const weights = weightsCases.find(({ name }) => name === MODEL) ?? { name: MODEL, shapes: [] };

const timed = rules.filter(({ name }) => !SECOND_ORDER.includes(name));

/** Its matrix products take seconds: one step has to do. */
const SLOW = 'muon';

const caseOf = ({ name }: Rule): BenchmarkCase => ({
  name,
  ...(name === SLOW ? { once: new Set([SUBJECT]) } : {}),
  pairs: [...(name === plain.name ? [] : ['sgd alone']), 'copy'].map((peer) => ({ subject: SUBJECT, peer })),
});

const bytesOf = ({ make, learningRate }: Rule): number => bytesOfStep(make(learningRate), weights.shapes);

/** What is known of each rule without measuring. */
const facts = timed.map((rule) => ({
  name: rule.name,
  transform: rule.make(rule.learningRate),
  bytesPerWeight: bytesOf(rule) / weightCount(weights),
}));

/** A step of each rule on prepared gradients, against plain SGD and against a copy of the bytes that the rule must move. */
export const optimizers: Benchmark = {
  name: 'optimizers',
  summary: 'a step of each rule against plain SGD and the bytes that it must move',
  pace: { rounds: 9, warmUpSteps: 12, turnMs: 60, budgetMs: 3000 },
  cases: timed.map(caseOf),
  shown: { readme: 'packages/optimizers/README.md', text: (report) => stepsText(report, facts) },
  async contender(caseName, contender) {
    const rule = timed.find(({ name }) => name === caseName);
    if (rule === undefined) throw new Error(`no case "${caseName}"`);
    switch (contender) {
      case SUBJECT:
        return (await import('./rule-step.ts')).ruleStep(weights, rule);
      case 'sgd alone':
        return (await import('./rule-step.ts')).ruleStep(weights, plain);
      case 'copy':
        return (await import('../optimizer-step/copy.ts')).copy(rule.name, bytesOf(rule));
      default:
        throw new Error(`no contender "${contender}"`);
    }
  },
};
