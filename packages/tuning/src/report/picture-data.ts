import type { Direction, Parameter, Settings, StudyView, TrialState } from '@downhill/core';
import { bestTrial, distinctTrials } from '../view/trials.ts';

/** What the pictures of a study are drawn from: plain JSON, so that a page can hold it. Values that are not finite are null. */
export interface PictureData {
  readonly name: string;
  readonly direction: Direction;
  /** Those that are searched, in the order of the space. */
  readonly parameters: readonly { readonly name: string; readonly parameter: Parameter }[];
  readonly trials: readonly PictureTrial[];
  /** The number of the trial that counts as the best. */
  readonly best?: number;
}

export interface PictureTrial {
  readonly number: number;
  readonly state: TrialState;
  readonly settings: Settings;
  readonly value?: number;
  readonly reports: readonly (readonly [step: number, value: number | null])[];
  /** Whether it says something of its own: it is no repeat, and no other trial goes on from it. */
  readonly distinct: boolean;
  readonly repeats?: number;
  readonly error?: string;
}

export function pictureData(study: StudyView, best: number | undefined = bestTrial(study)?.number): PictureData {
  const distinct = new Set(distinctTrials(study).map(({ number }) => number));
  return {
    name: study.name,
    direction: study.direction,
    parameters: Object.entries(study.space.parameters).flatMap(([name, parameter]) =>
      parameter.kind === 'fixed' ? [] : [{ name, parameter }],
    ),
    trials: study.trials.map(({ number, state, settings, value, reports, repeats, error }) => ({
      number,
      state,
      settings,
      reports: reports.map(({ step, value: reported }) => [step, Number.isFinite(reported) ? reported : null] as const),
      distinct: distinct.has(number),
      ...(value === undefined ? {} : { value }),
      ...(repeats === undefined ? {} : { repeats }),
      ...(error === undefined ? {} : { error }),
    })),
    ...(best === undefined ? {} : { best }),
  };
}

/** A trial with a value. */
export type CompleteTrial = PictureTrial & { readonly value: number };

/** The complete trials that say something of their own: what is drawn across the space. */
export const completeTrials = ({ trials }: PictureData): readonly CompleteTrial[] =>
  trials.filter((trial): trial is CompleteTrial => trial.state === 'complete' && trial.value !== undefined && trial.distinct);
