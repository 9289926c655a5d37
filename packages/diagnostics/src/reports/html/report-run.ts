import type { Json } from '@downhill/core';
import type { Reading, RunInfo } from '../../reading.ts';

/** A run as a report shows it. Only the run and its readings are needed. */
export interface ReportRun extends RunOutcome {
  readonly run: RunInfo;
  readonly readings: readonly Reading[];
}

/** What a run came to, beside its readings. */
export interface RunOutcome {
  /** What was made of the curves, the most important first. The first one's summary is the run's verdict. */
  readonly findings?: readonly ReportFinding[];
  /** Examples that the model is surest of and wrong about, the worst first. */
  readonly mistakes?: readonly ReportMistake[];
  /** Numbers and words that the run ended with and that are no reading: test accuracy, seconds, hash of the weights. */
  readonly ends?: Readonly<Record<string, Json>>;
}

/** A finding with what it rests on and what to do. */
export interface ReportFinding {
  readonly summary: string;
  readonly evidence?: string;
  readonly advice?: string;
}

/** An example that the model got wrong. */
export interface ReportMistake {
  /** Pixels, or a picture as a `data:image/...` address (PNG, JPEG, GIF, WebP, BMP). */
  readonly image: ReportImage | string;
  readonly label: string;
  readonly prediction: string;
  /** The probability of the prediction, in [0, 1]. */
  readonly confidence: number;
}

/**
 * Pixels row by row, channels last. As matplotlib's `imshow` has it, bytes (`Uint8Array`, `Uint8ClampedArray`) are in [0, 255] and
 * all other numbers in [0, 1].
 */
export interface ReportImage {
  readonly width: number;
  readonly height: number;
  /** 1 is grey, 3 is red, green and blue. */
  readonly channels: 1 | 3;
  readonly pixels: ArrayLike<number>;
}
