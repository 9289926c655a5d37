import type { Run } from '../run.ts';
import type { Settings } from '../settings.ts';

/** No schedule. */
export const constant: Pick<Settings, 'decay' | 'decayName'> = { decayName: 'constant', decay: () => 1 };

export const numbers = (series: readonly (number | null)[]): number[] => series.filter((value) => value !== null);
export const last = (series: readonly (number | null)[]): number => series.at(-1) ?? Number.NaN;

/** Where it ends, less noisy than the last epoch alone. */
export const end = (series: readonly (number | null)[]): number => median(series.slice(-3));
export const median = (series: readonly (number | null)[]): number =>
  numbers(series).sort((a, b) => a - b)[Math.floor(numbers(series).length / 2)] ?? Number.NaN;

export const finite = ({ curves }: Run): boolean => curves.train_loss.every((value) => value !== null) && curves.initial_loss !== null;

/** The loss of one who guesses. */
export const chance = ({ curves: { classes, loss } }: Run): number => (loss === 'mse' ? (1 - 1 / classes) / classes : Math.log(classes));

/** Validation loss less training loss at the end. */
export const gap = ({ curves }: Run): number => end(curves.val_loss) - end(curves.train_loss);
