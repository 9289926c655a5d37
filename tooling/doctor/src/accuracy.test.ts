import { curvesOf, diagnose, FINDINGS, type Finding } from '@downhill/diagnostics';
import { describe, expect, test } from 'vitest';
import { labelledRuns, provokedTest, provokedTraining, referenceFile, setAside, type LabelledRun } from './labelled.ts';
import { perturbations } from './perturbations.ts';

const reference = setAside(labelledRuns(referenceFile));
const foreign = labelledRuns(provokedTest);

const share = (runs: readonly LabelledRun[], view = 'as it is'): number =>
  runs.filter((run, i) => diagnose(perturbations[view]?.(curvesOf(run), i) ?? curvesOf(run)).finding === run.label).length / runs.length;
const recall = (runs: readonly LabelledRun[], label: Finding): number => share(runs.filter((run) => run.label === label));

describe('the curve doctor', () => {
  test('is right about 95 % of the reference runs that were set aside', () => {
    expect(reference.held).toHaveLength(122);
    expect(share(reference.held)).toBeGreaterThanOrEqual(0.95);
  });

  test.each(FINDINGS)('finds at least 0.9 of the runs with %s that were set aside', (label) => {
    expect(recall(reference.held, label)).toBeGreaterThanOrEqual(0.9);
  });

  test('is right about 90 % of runs of our own: other data, networks, losses and rules', () => {
    expect(foreign.length).toBeGreaterThan(80);
    expect(share(foreign)).toBeGreaterThanOrEqual(0.9);
  });

  test.each([
    ['no accuracies', 0.9],
    ['no validation', 0.78],
    ['no rate', 0.88],
    ['no initial loss', 0.88],
    ['no classes', 0.88],
    ['losses times 7.3, of an unknown function', 0.88],
    ['2 % noise on all losses', 0.92],
    ['every second epoch', 0.92],
    ['the last eighth cut off', 0.92],
  ])('is right about most of the reference runs seen with %s', (view, least) => {
    expect(share(reference.held, view)).toBeGreaterThanOrEqual(least);
  });

  test('is as sure as it is right', () => {
    const all = [...reference.held, ...foreign].map((run) => ({ run, found: diagnose(curvesOf(run)) }));
    const sure = all.filter(({ found }) => found.confidence >= 0.9);
    const unsure = all.filter(({ found }) => found.confidence < 0.6);
    const right = (list: typeof all): number =>
      list.filter(({ run, found }) => found.finding === run.label).length / Math.max(1, list.length);
    expect(sure.length).toBeGreaterThan(all.length / 2);
    expect(right(sure)).toBeGreaterThan(0.95);
    expect(right(unsure)).toBeLessThan(right(sure));
  });

  test('was not fitted on the runs that it is tested on', () => {
    const finite = (runs: readonly LabelledRun[]): readonly LabelledRun[] => runs.filter(({ train_loss }) => !train_loss.includes(null));
    const trained = new Set(finite([...reference.training, ...labelledRuns(provokedTraining)]).map(({ train_loss }) => train_loss.join()));
    for (const { train_loss } of finite([...reference.held, ...foreign])) expect(trained.has(train_loss.join())).toBe(false);
  });
});
