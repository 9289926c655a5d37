import { log } from '@downhill/core/math';
import type { Curves, CurveValue } from '../curves.ts';
import { lastShare, median } from './statistics.ts';

/** A run as the features see it: numbers that are there, in units that do not depend on the loss function. */
export interface Run {
  readonly epochs: number;
  /** Of epochs whose training loss is a number. */
  readonly train: readonly number[];
  readonly validation: readonly number[] | undefined;
  /** The share right beyond guessing, 0 for chance and 1 for all; without the number of classes the plain share. */
  readonly trainAccuracy: readonly number[] | undefined;
  readonly validationAccuracy: readonly number[] | undefined;
  readonly rate: readonly number[] | undefined;
  /** Before the first step. */
  readonly initial: number | undefined;
  /** Losses are divided by this one, the loss of guessing where it is known. */
  readonly unit: number;
  readonly unitIs: 'chance' | 'initial loss' | 'first loss';
  /** The epoch of the first training loss that is none, from 1; 0 where there is no such. A first loss that is none counts as epoch 1. */
  readonly brokenAt: number;
}

const finite = (series: readonly CurveValue[]): readonly number[] =>
  series.filter((value): value is number => value !== null && Number.isFinite(value));

const given = (series: readonly CurveValue[] | undefined): readonly number[] | undefined => {
  const values = series === undefined ? [] : finite(series);
  return values.length === 0 ? undefined : values;
};

/** Losses below this share of the unit are one and the same success, above that multiple of it one and the same failure. */
const [FLOOR, CEILING] = [1e-3, 1e9];

const within = (loss: number): number => Math.min(CEILING, Math.max(FLOOR, loss));

export function runOf(curves: Curves): Run {
  const { trainLoss, initialLoss, classes } = curves;
  const train = finite(trainLoss);
  const initial = initialLoss !== undefined && initialLoss !== null && Number.isFinite(initialLoss) ? initialLoss : undefined;
  const [unit, unitIs] = unitOf(curves, initial, train);
  const inUnits = (values: readonly number[] | undefined): readonly number[] | undefined => values?.map((value) => within(value / unit));
  const beyondChance = (values: readonly number[] | undefined): readonly number[] | undefined =>
    classes === undefined ? values : values?.map((value) => (value - 1 / classes) / (1 - 1 / classes));
  return {
    epochs: trainLoss.length,
    train: train.length === 0 ? [1] : (inUnits(train) ?? []),
    validation: inUnits(given(curves.validationLoss)),
    trainAccuracy: beyondChance(given(curves.trainAccuracy)),
    validationAccuracy: beyondChance(given(curves.validationAccuracy)),
    rate: given(curves.learningRate)?.map(Math.abs),
    initial: initial === undefined ? undefined : within(initial / unit),
    unit,
    unitIs,
    brokenAt:
      initialLoss !== undefined && initial === undefined ? 1 : 1 + trainLoss.findIndex((loss) => loss === null || !Number.isFinite(loss)),
  };
}

function unitOf(
  { classes, lossFunction }: Curves,
  initial: number | undefined,
  train: readonly number[],
): readonly [number, Run['unitIs']] {
  const first = train.find((loss) => loss > 0) ?? 1;
  const start = initial !== undefined && initial > 0 ? initial : first;
  if (classes !== undefined && lossFunction === 'meanSquaredError') return [nearestChance(classes, start), 'chance'];
  if (classes !== undefined && lossFunction === 'crossEntropy') return [log(classes), 'chance'];
  return [start, start === initial ? 'initial loss' : 'first loss'];
}

/** The squared error of guessing one-hot classes, summed over the classes or averaged: whichever the run is nearer to. */
function nearestChance(classes: number, start: number): number {
  const sum = 1 - 1 / classes;
  const far = (chance: number): number => Math.abs(log(Math.max(start, 1e-12) / chance));
  return far(sum) < far(sum / classes) ? sum : sum / classes;
}

/** Where a series stands at the end: the median of its last tenth, of at least three values. */
export const endOf = (values: readonly number[]): number => median(lastShare(values, 0.1, 3));

export const logs = (values: readonly number[]): readonly number[] => values.map(log);
