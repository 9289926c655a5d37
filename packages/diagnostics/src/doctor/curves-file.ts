import { DownhillError, show } from '@downhill/core';
import type { Curves, CurveValue } from '../curves.ts';
import { FINDINGS, type Finding } from './rule.ts';

/** A run as a curves file holds it. */
export interface CurvesFileRun {
  readonly id?: string;
  readonly train_loss: readonly CurveValue[];
  readonly val_loss?: readonly CurveValue[];
  readonly train_acc?: readonly CurveValue[];
  readonly val_acc?: readonly CurveValue[];
  readonly lr?: readonly CurveValue[];
  readonly initial_loss?: CurveValue;
  readonly classes?: number;
  readonly loss?: 'cross_entropy' | 'mse';
  readonly label?: Finding;
}

/**
 * The curves of a run of a file, as `diagnose` takes them: its name and its label are not read.
 *
 * @example
 * curvesOf({ train_loss: [0.7, 0.4], label: 'healthy' }); // { trainLoss: [0.7, 0.4] }
 */
export function curvesOf(run: CurvesFileRun): Curves {
  const { train_loss, val_loss, train_acc, val_acc, lr, initial_loss, classes, loss } = run;
  return {
    trainLoss: train_loss,
    ...(val_loss === undefined ? {} : { validationLoss: val_loss }),
    ...(train_acc === undefined ? {} : { trainAccuracy: train_acc }),
    ...(val_acc === undefined ? {} : { validationAccuracy: val_acc }),
    ...(lr === undefined ? {} : { learningRate: lr }),
    ...(initial_loss === undefined ? {} : { initialLoss: initial_loss }),
    ...(classes === undefined ? {} : { classes }),
    ...(loss === undefined ? {} : { lossFunction: loss === 'mse' ? 'meanSquaredError' : 'crossEntropy' }),
  };
}

/**
 * The runs of a curves file: `{ "runs": [{ "train_loss": [...], "val_loss": [...], ... }] }`, with `null` for what is not finite.
 *
 * @example
 * const [run] = curvesFileRuns({ runs: [{ train_loss: [0.7, 0.4], lr: [0.1, 0.1] }] });
 * run.train_loss; // [0.7, 0.4]
 *
 * @throws DownhillError `data-invalid` naming the run and the field that is not of that form.
 */
export function curvesFileRuns(content: unknown): readonly CurvesFileRun[] {
  const { runs } = (content ?? {}) as { readonly runs?: unknown };
  if (!Array.isArray(runs) || runs.length === 0) throw invalid('it should hold { "runs": [...] } with at least one run', content);
  for (const [i, run] of runs.entries()) checkRun(`run ${i + 1}`, run);
  return runs as readonly CurvesFileRun[];
}

const isSeries = (value: unknown): boolean => Array.isArray(value) && value.every((each) => each === null || typeof each === 'number');
const isValue = (value: unknown): boolean => value === null || typeof value === 'number';

function checkRun(name: string, run: unknown): void {
  if (typeof run !== 'object' || run === null) throw invalid(`${name} should be an object`, run);
  const fields = run as Readonly<Record<string, unknown>>;
  if (!isSeries(fields['train_loss']))
    throw invalid(`\`train_loss\` of ${name} should be a list of numbers and nulls`, fields['train_loss']);
  for (const field of ['val_loss', 'train_acc', 'val_acc', 'lr'])
    if (fields[field] !== undefined && !isSeries(fields[field]))
      throw invalid(`\`${field}\` of ${name} should be a list of numbers and nulls`, fields[field]);
  if (fields['initial_loss'] !== undefined && !isValue(fields['initial_loss']))
    throw invalid(`\`initial_loss\` of ${name} should be a number or null`, fields['initial_loss']);
  if (fields['loss'] !== undefined && fields['loss'] !== 'cross_entropy' && fields['loss'] !== 'mse')
    throw invalid(`\`loss\` of ${name} should be 'cross_entropy' or 'mse'`, fields['loss']);
  if (fields['label'] !== undefined && !FINDINGS.includes(fields['label'] as Finding))
    throw invalid(`\`label\` of ${name} should be one of ${FINDINGS.join(', ')}`, fields['label']);
}

const invalid = (problem: string, got: unknown): DownhillError =>
  new DownhillError({ code: 'data-invalid', source: 'curvesFileRuns', problem: `${problem}, got ${show(got)}` });
