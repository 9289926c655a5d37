import { checkOneOf, complete, DownhillError, show } from '@downhill/core';
import type { DataType } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

/** What an image layer of Keras takes beside its own arguments. Words may be written as Keras or as tfjs-layers has them: `'channels_first'`, `'channelsFirst'`. */
export interface KerasLayerConfig extends Omit<LayerArgs, 'dtype'> {
  /**
   * Tells apart layers that nothing else does: with `seedModel`, or `train` with a seed, that one and the layer's place are enough.
   * @defaultValue null, which is as 0
   */
  seed?: number | null;
  /** @defaultValue 'channelsLast' */
  dataFormat?: 'channelsLast' | 'channelsFirst' | 'channels_last' | 'channels_first' | null;
  /** The layer's own, or as Keras 3 writes it in a saved model. What comes out is float32. @defaultValue 'float32' */
  dtype?: DataType | { readonly className?: string; readonly config?: { readonly name?: string } } | null;
}

/** Names that each layer has; `customObjects` comes from tfjs's loader, the format of boxes from Keras 3. */
const OF_EVERY_LAYER = {
  name: undefined,
  trainable: undefined,
  dtype: undefined,
  inputShape: undefined,
  batchInputShape: undefined,
  batchSize: undefined,
  inputDType: undefined,
  weights: undefined,
  seed: undefined,
  dataFormat: undefined,
  boundingBoxFormat: undefined,
  customObjects: undefined,
};

/**
 * A layer's arguments with its defaults: null, which a saved model has for what was not given, is as nothing.
 *
 * @throws DownhillError `invalid-argument` for a name that no argument has, or no object.
 */
export function optionsOf<Config extends object, Own extends { readonly [Name in keyof Config]?: unknown }>(
  source: string,
  config: Config,
  own: Own,
): Config & Required<Pick<Config, keyof Own & keyof Config>> {
  const isObject = typeof config === 'object' && config !== null;
  const given = isObject ? Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null)) : config;
  return complete(source, given, { ...own, ...OF_EVERY_LAYER }) as unknown as Config & Required<Pick<Config, keyof Own & keyof Config>>;
}

/** A word as tfjs-layers writes it. */
const camelCased = (word: unknown): unknown =>
  typeof word === 'string' ? word.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) : word;

/** @throws DownhillError `invalid-argument` for none of the words. */
export function wordOf<Word extends string>(source: string, name: string, given: unknown, words: readonly Word[]): Word {
  const word = camelCased(given);
  checkOneOf(source, name, word, words);
  return word;
}

/** @throws DownhillError `unsupported` for what is no dtype of images. */
export function dtypeOf(source: string, dtype: KerasLayerConfig['dtype']): DataType {
  const name = camelCased(typeof dtype === 'object' && dtype !== null ? dtype.config?.name : (dtype ?? 'float32'));
  if (name === 'mixedFloat16' || name === 'mixedBfloat16') return 'float32'; // tfjs has nothing shorter
  if (name === 'float32' || name === 'int32') return name;
  throw new DownhillError({
    code: 'unsupported',
    source,
    problem: `\`dtype\` must be 'float32' or 'int32', got ${show(dtype)}`,
    advice: 'Leave it out: what comes out is float32.',
  });
}
