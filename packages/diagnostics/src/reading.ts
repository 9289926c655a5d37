import type { Json } from '@downhill/core';

/** Where in a run something was read. */
export interface ReadAt {
  /** Optimizer steps finished. */
  readonly step: number;
  /** Epochs finished. */
  readonly epoch: number;
}

/**
 * One thing that was read off a run: what meters give, and what logs, reports and dashboards keep. Plain data that JSON can hold.
 * Names have parts: `loss`, `val_loss`, `gradient norm/0/kernel`.
 */
export type Reading = ScalarReading | HistogramReading | MatrixReading | TextReading;

export interface ScalarReading extends ReadAt {
  readonly kind: 'scalar';
  readonly name: string;
  readonly value: number;
  /** What the value is held against: a picture draws a line there. */
  readonly guide?: number;
}

/** Counts between edges: `counts[i]` values lie in `[edges[i], edges[i + 1])`, in the last of them also its upper edge. */
export interface HistogramReading extends ReadAt {
  readonly kind: 'histogram';
  readonly name: string;
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

/** A table of numbers, such as a confusion matrix: true classes down, predicted ones across. */
export interface MatrixReading extends ReadAt {
  readonly kind: 'matrix';
  readonly name: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly values: readonly (readonly number[])[];
}

/** A finding in words. */
export interface TextReading extends ReadAt {
  readonly kind: 'text';
  readonly name: string;
  readonly text: string;
}

/** What a run was started with, for whoever lists runs. */
export interface RunInfo {
  /** The run's name: that of its folder. */
  readonly name: string;
  /** Its settings: learning rate, batch size, seed and so on. */
  readonly settings: Readonly<Record<string, Json>>;
}

/** Where readings go: a file, a page, a logger. What it throws ends no run. */
export interface Sink {
  readonly kind: 'sink';
  readonly name: string;
  open?(run: RunInfo): void | Promise<void>;
  write(readings: readonly Reading[]): void | Promise<void>;
  /** Everything is written when it resolves. */
  close?(): void | Promise<void>;
}
