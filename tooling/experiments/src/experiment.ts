import type { Json } from '@downhill/core';

/**
 * An experiment: arms that differ in one thing, each trained on the same data sets with the same seeds. Everything is compared in pairs:
 * an arm with the first one, on the same data and with the same seed.
 */
export interface Experiment {
  readonly name: string;
  /** A few words for `--help`. */
  readonly summary: string;
  /** What the report is to answer, as a sentence. */
  readonly question: string;
  /** What a reader must know to judge the answer, as sentences. */
  readonly notes: readonly string[];
  /** What is compared; the first is what the others are compared with. */
  readonly arms: readonly [baseline: string, ...others: readonly string[]];
  /** What is measured; the first is what the sentence of the report is about. */
  readonly quantities: readonly [main: Quantity, ...others: readonly Quantity[]];
  readonly dataSets: readonly DataSet[];
  /** Trainings of each kind that make a result that readers are shown. @defaultValue 5 */
  readonly seeds?: number;
  /** The package whose README shows what was found: a table and a chart of the main quantity on the first data set. */
  readonly shownIn?: string;
  /** How many quantities that table has, from the first on. @defaultValue 2 */
  readonly columns?: number;
  /** Further pictures for that README, of the first data set. */
  pictures?(results: readonly TrialResult[]): readonly Picture[] | Promise<readonly Picture[]>;
  /** Makes what training needs and is kept for the next time, such as converted data. */
  prepare?(needed: readonly DataSet[], watch: PreparationWatch): Promise<void>;
  /** How many times the steps of its plan an arm trains for. @defaultValue once */
  trainings?(arm: string): number;
  /** Trains one arm. @returns `undefined` where the signal ended it early. */
  train(trial: Trial, watch: Watch): Promise<Outcome | undefined>;
}

/** What is trained on, and how long. */
export interface DataSet {
  readonly name: string;
  readonly title: string;
  /** @param quick Whether this is to be a run in seconds that only shows that all works. */
  plan(quick: boolean): Plan;
}

export interface Plan {
  /** The plan in a few words, for the report. */
  readonly summary: string;
  /** Steps of one trial, unless its arm trains several times as long. */
  readonly steps: number;
  /** Everything that decides a result beside the arm and the seed: a result of other settings is not used again. */
  readonly settings: Json;
}

/** One training. */
export interface Trial {
  readonly dataSet: string;
  readonly arm: string;
  readonly seed: number;
  readonly quick: boolean;
  readonly plan: Plan;
}

/** A number that a trial ends with. */
export interface Quantity {
  readonly name: string;
  readonly format: 'share' | 'number' | 'seconds' | 'bytes';
}

/** A trial with what it ended with. */
export interface TrialResult {
  readonly trial: Trial;
  readonly outcome: Outcome;
}

/** A picture in a README. */
export interface Picture {
  /** Of the file, without its ending. */
  readonly name: string;
  /** What it shows, in words. */
  readonly alt: string;
  readonly svg: string;
}

/** What a trial ends with. */
export interface Outcome {
  /** By the names of the experiment's quantities. */
  readonly quantities: Readonly<Record<string, number>>;
  /** A hash of the final weights, or of what was predicted with them, which tells whether two trials were the same. */
  readonly weights: string;
  /** What the experiment's pictures are drawn of. */
  readonly details?: Json;
}

/** Who looks on while a network is trained. */
export interface Watch {
  readonly signal: AbortSignal;
  /** @param step Steps done. @param standing How well it goes, in a few words. */
  onStep(step: number, standing: string): void;
}

/** Who looks on while something is made ready. */
export interface PreparationWatch {
  readonly signal: AbortSignal;
  onPart(part: number, parts: number, what: string): void;
}
