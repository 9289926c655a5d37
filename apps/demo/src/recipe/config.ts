import { checkNumber, checkOneOf } from '@downhill/core';
import { checkAugment, type AugmentConfig } from './augmentations.ts';
import { BACKENDS, DEFAULTS, type BackendName } from './defaults.ts';
import { checkExtraLayer, type ExtraLayerConfig } from './extra-layer.ts';
import { checkRules, type RuleConfig } from './rules.ts';
import { checkSearch, type SearchConfig } from './search-plugins.ts';

/** Everything that decides the numbers of a run. */
export interface RecipeConfig extends RuleConfig, AugmentConfig, SearchConfig, ExtraLayerConfig {
  readonly epochs: number;
  /** Training pictures used. */
  readonly limit: number;
  readonly seed: number;
  readonly batchSize: number;
  /** Share of the last hidden layer that is dropped in each step. */
  readonly dropout: number;
  /** Share of the targets that goes to all digits evenly. */
  readonly labelSmoothing: number;
  /** Epochs without improvement after which a run ends and its best weights are put back; 0: never. */
  readonly patience: number;
  /** How many of the last epochs are kept as an ensemble; 0: none. */
  readonly lastEpochs: number;
  /** Settings of learning rate and weight decay to try before the run, around those given; 0: none. */
  readonly tune: number;
  readonly backend: BackendName;
}

/** The share of the training images that is not trained on, but says how it goes and which candidate is taken. */
export const HELD_OUT: number = 1 / 12;

/**
 * Checks a config from the outside.
 *
 * @param label How the reader knows an option: `--batch-size` on the command line.
 * @throws DownhillError `invalid-argument`, `unknown-name` naming the first option that is wrong.
 */
export function checkConfig(source: string, config: RecipeConfig, label: (key: keyof RecipeConfig) => string = (key) => key): void {
  const whole = (
    key: 'epochs' | 'limit' | 'batchSize' | 'seed' | 'patience' | 'lastEpochs' | 'tune',
    rule: { min?: number; max?: number },
  ): void => checkNumber(source, { [label(key)]: config[key] }, { ...rule, integer: true });
  whole('epochs', { min: 1 });
  whole('limit', { min: 12, max: DEFAULTS.limit }); // a twelfth is held out
  whole('batchSize', { min: 1, max: DEFAULTS.limit });
  whole('seed', {});
  whole('patience', { min: 0 });
  whole('lastEpochs', { min: 0 });
  whole('tune', { min: 0 });
  checkNumber(source, { [label('emaDecay')]: config.emaDecay }, { min: 0, below: 1 });
  checkNumber(source, { [label('dropout')]: config.dropout }, { min: 0, below: 1 });
  checkNumber(source, { [label('labelSmoothing')]: config.labelSmoothing }, { min: 0, below: 1 });
  checkAugment(source, config, label);
  checkNumber(source, { [label('learningRate')]: config.learningRate }, { above: 0 });
  checkNumber(source, { [label('weightDecay')]: config.weightDecay }, { min: 0 });
  checkOneOf(source, label('backend'), config.backend, BACKENDS);
  checkRules(source, config, label);
  checkSearch(source, config, label);
  checkExtraLayer(source, config, label);
}
