import { DownhillError, isDownhillError, type ScheduleLike, type Transform } from '@downhill/core';
import type { ArrayData, TrainOptions } from '@downhill/training';
import type { Found, GuidedEvent, Outcome, RuleSetting } from './guided-step.ts';
import type { Search } from './search.ts';

/** What a rule is made with. */
export type RuleSettings = { readonly [Name in RuleSetting]: Name extends 'learningRate' ? ScheduleLike : number };

/** How much a search may cost. */
export interface SearchBudget {
  /** Settings to try. */
  readonly trials: number;
  /** Epochs of each. */
  readonly epochs: number;
}

/** All that the steps work with. */
export interface Walk {
  readonly subject: Pick<TrainOptions, 'model' | 'loss' | 'penalties' | 'signal'>;
  readonly training: ArrayData;
  readonly validation: ArrayData;
  readonly transform: (settings: RuleSettings) => Transform;
  readonly batchSize: number;
  readonly seed: number;
  readonly search: Search;
  readonly rates: readonly number[];
  readonly rateSteps: number;
  readonly weightDecays: readonly number[];
  readonly coarse: SearchBudget;
  readonly fine: SearchBudget;
  readonly expectedLoss: number | undefined;
  /** What the doctor is told of the task. */
  readonly task: { readonly classes?: number; readonly lossFunction?: 'crossEntropy' | 'meanSquaredError' };
  readonly emit: (event: GuidedEvent) => void;
}

/** One of the seven. */
export interface StepOfWalk {
  readonly name: string;
  /** What it does, as a sentence. */
  readonly does: string;
  /** Why it makes no sense after what was found, as a sentence; undefined where it does. */
  readonly pointless: (found: Found) => string | undefined;
  readonly run: (walk: Walk, found: Found) => Promise<Outcome>;
}

/** The error of a walk that was asked to stop. */
export const stopped = (): DownhillError =>
  new DownhillError({ code: 'aborted', source: 'sevenSteps', problem: 'the signal asked to stop; the model is as it was' });

/** Whether an error only says that the signal asked to stop; searches of others say it in their own way. */
export const isStop = (error: unknown, signal: AbortSignal | undefined): boolean =>
  signal?.aborted === true &&
  (error === signal.reason ||
    (isDownhillError(error) && error.code === 'aborted') ||
    (error instanceof Error && error.name === 'AbortError'));
