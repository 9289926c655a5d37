import { checkNumber, checkOneOf, complete, DownhillError, show } from '@downhill/core';
import type { Curves, CurveValue } from '../curves.ts';

const SERIES = ['trainLoss', 'validationLoss', 'trainAccuracy', 'validationAccuracy', 'learningRate'] as const;

/** @throws DownhillError `invalid-argument` for a series that is none, `shape-mismatch` where they are not of one length. */
export function checkCurves(source: string, curves: Curves): void {
  const known = complete(source, curves, {
    trainLoss: undefined,
    validationLoss: undefined,
    trainAccuracy: undefined,
    validationAccuracy: undefined,
    learningRate: undefined,
    initialLoss: undefined,
    classes: undefined,
    lossFunction: undefined,
  });
  const { trainLoss, initialLoss, classes, lossFunction } = known;
  if (!Array.isArray(trainLoss) || trainLoss.length === 0)
    throw wrong(source, `\`trainLoss\` must be a list of at least one number, one an epoch, got ${show(trainLoss)}`);
  for (const name of SERIES) checkSeries(source, name, known[name], trainLoss.length);
  for (const name of ['trainAccuracy', 'validationAccuracy'] as const) checkShares(source, name, known[name]);
  if (initialLoss !== undefined && initialLoss !== null && typeof initialLoss !== 'number')
    throw wrong(source, `\`initialLoss\` must be a number or null, got ${show(initialLoss)}`);
  if (classes !== undefined) checkNumber(source, { classes }, { min: 2, integer: true });
  if (lossFunction !== undefined) checkOneOf(source, 'lossFunction', lossFunction, ['crossEntropy', 'meanSquaredError']);
}

function checkSeries(source: string, name: string, series: readonly CurveValue[] | undefined, epochs: number): void {
  if (series === undefined) return;
  const isValue = (value: unknown): boolean => value === null || typeof value === 'number';
  if (!Array.isArray(series) || !series.every(isValue))
    throw wrong(source, `\`${name}\` must be a list of numbers, with null for one that is not finite, got ${show(series)}`);
  if (series.length === epochs) return;
  throw new DownhillError({
    code: 'shape-mismatch',
    source,
    problem: `\`${name}\` must have one value per epoch (${epochs}, as \`trainLoss\`), got ${series.length}`,
    advice: 'Put null where an epoch has no value.',
  });
}

function checkShares(source: string, name: string, series: readonly CurveValue[] | undefined): void {
  const outside = series?.find((value) => value !== null && Number.isFinite(value) && !(value >= 0 && value <= 1));
  if (outside === undefined) return;
  throw wrong(source, `\`${name}\` must be shares in [0, 1], got ${outside}`, 'Divide percentages by 100.');
}

const wrong = (source: string, problem: string, advice?: string): DownhillError =>
  new DownhillError({ code: 'invalid-argument', source, problem, ...(advice === undefined ? {} : { advice }) });
