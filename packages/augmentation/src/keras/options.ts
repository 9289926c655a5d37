import { checkNumber, checkOneOf, complete, DownhillError, show, type Border, type Interpolation } from '@downhill/core';
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

/** What Keras's geometric layers take. */
export interface FillConfig {
  /** What is shown of outside the image: mirrored at its edge, the image again, `fillValue`, or the nearest pixel. @defaultValue 'reflect' (Keras) */
  fillMode?: 'reflect' | 'wrap' | 'constant' | 'nearest';
  /** @defaultValue 'bilinear' (Keras) */
  interpolation?: 'nearest' | 'bilinear';
  /** In the images' own values. @defaultValue 0 (Keras) */
  fillValue?: number;
}

/** A range: a number for both ends, or the ends. */
export type Factor = number | readonly [lower: number, upper: number];

export type Pair = readonly [number, number];

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
 * @throws DownhillError `invalid-argument` for a name that no argument has.
 */
export function optionsOf<Config extends object, Own extends { readonly [Name in keyof Config]?: unknown }>(
  source: string,
  config: Config,
  own: Own,
): Config & Required<Pick<Config, keyof Own & keyof Config>> {
  const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null));
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

/**
 * Both ends of a range, the lower first whatever their order.
 *
 * @throws DownhillError `invalid-argument` for no range, or one that leaves [min, max].
 */
export function rangeOf(source: string, name: string, factor: unknown, { min, max }: { readonly min: number; readonly max: number }): Pair {
  const [first, second] = endsOf(source, name, factor);
  checkNumber(source, typeof factor === 'number' ? { [name]: factor } : { [`${name}[0]`]: first, [`${name}[1]`]: second }, { min, max });
  if (typeof factor === 'number') return [-Math.abs(first), Math.abs(first)];
  return first <= second ? [first, second] : [second, first];
}

/** @throws DownhillError `invalid-argument` for what is neither a number nor two. */
export function endsOf(source: string, name: string, factor: unknown): Pair {
  if (typeof factor === 'number') return [factor, factor];
  if (Array.isArray(factor) && factor.length === 2) return factor as unknown as Pair;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`${name}\` must be a number or [lower, upper], got ${show(factor)}`,
  });
}

/** Keras's defaults. */
export const FILL: Required<FillConfig> = { fillMode: 'reflect', interpolation: 'bilinear', fillValue: 0 };

const BORDERS = { reflect: 'symmetric', wrap: 'wrap', constant: 'constant', nearest: 'edge' } as const satisfies Record<string, Border>;

/** How the operations of this package have what Keras calls filling. @throws DownhillError `invalid-argument` */
export function fillingOf(
  source: string,
  { fillMode, interpolation, fillValue }: Required<FillConfig>,
): {
  readonly saved: Required<FillConfig>;
  readonly resampling: { readonly interpolation: Interpolation; readonly border: Border; readonly fill: number };
} {
  checkOneOf(source, 'fillMode', fillMode, ['reflect', 'wrap', 'constant', 'nearest']);
  checkOneOf(source, 'interpolation', interpolation, ['nearest', 'bilinear']);
  checkNumber(source, { fillValue });
  return { saved: { fillMode, interpolation, fillValue }, resampling: { interpolation, border: BORDERS[fillMode], fill: fillValue } };
}
