import { pluginJson, type Plugin, type PluginConfig } from '@downhill/core';
import type { Outputs } from '../outputs.ts';

/** What a calibrator takes: probabilities, or the logits that softmax (of one column, a sigmoid) would make them of. */
export type ScoreKind = 'probabilities' | 'logits';

/** Makes probabilities out of scores, as validation data showed them to be meant. Made by {@link calibrator}; `calibrate` applies it. */
export interface Calibrator extends Plugin<'calibrator'> {
  readonly of: ScoreKind;
  /** Without checks, with a column for each class, also of two: logits of one column come as [0, z]. */
  apply(scores: Outputs): Outputs;
}

export interface CalibratorDefinition {
  /** The factory's name. */
  readonly name: string;
  /** The factory's options, or its arguments as an array: plain JSON. */
  readonly config: PluginConfig;
  readonly of: ScoreKind;
  readonly apply: (scores: Outputs) => Outputs;
}

/**
 * Makes a calibrator out of one pure function. It is plain data that JSON can hold: `register` its factory and `build` makes it again from a
 * file.
 *
 * @example
 * const asItIs = calibrator({ name: 'asItIs', config: {}, of: 'probabilities', apply: (scores) => scores });
 * calibrate(outputsFrom([[0.25, 0.75]]), asItIs).values[1]; // 0.75
 */
export function calibrator({ name, config, of, apply }: CalibratorDefinition): Calibrator {
  return Object.freeze({
    kind: 'calibrator',
    name,
    config,
    of,
    apply,
    toJSON() {
      return pluginJson(this);
    },
  } satisfies Calibrator);
}

/**
 * Whether a value is a {@link Calibrator}, also one made by another copy of this package.
 *
 * @example
 * isCalibrator(temperature(2)); // true
 */
export function isCalibrator(value: unknown): value is Calibrator {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'calibrator' && 'apply' in value;
}
