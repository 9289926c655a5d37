import { checkNumber, monitorDirection } from '@downhill/core';

/** Which number of an epoch is watched, and when one of its values is better than another. */
export interface MonitorOptions {
  /** A metric of the epoch: `loss`, one of the run's metrics, or with the prefix `val_` that of the validation. @defaultValue 'val_loss' (Keras) */
  readonly monitor?: string;
  /** Whether less or more is better; `auto` goes by the name. @defaultValue 'auto' (Keras) */
  readonly mode?: 'auto' | 'min' | 'max';
  /** A smaller change is no improvement; at least 0. @defaultValue 0 (Keras) */
  readonly minDelta?: number;
}

/** What {@link MonitorOptions} come to. */
export interface Monitor {
  readonly name: string;
  /** Whether `value` beats `reference`, or there is none yet. NaN beats nothing, and nothing beats NaN. */
  improves(value: number, reference: number | null): boolean;
}

/** The options where nothing is said. */
export const MONITOR: Required<MonitorOptions> = Object.freeze({ monitor: 'val_loss', mode: 'auto', minDelta: 0 });

/** @throws DownhillError `invalid-argument` for a name that is no text, a negative `minDelta`, or where `auto` cannot tell from the name. */
export function monitorOf(source: string, { monitor, mode, minDelta }: Required<MonitorOptions>): Monitor {
  const direction = monitorDirection(source, { monitor, mode });
  checkNumber(source, { minDelta }, { min: 0 });
  const beats = (value: number, reference: number): boolean =>
    direction === 'min' ? value + minDelta < reference : value - minDelta > reference;
  return { name: monitor, improves: (value, reference) => reference === null || beats(value, reference) };
}
