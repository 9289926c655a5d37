import type { DrawSource } from './beta.ts';
import { pluginJson, type Json, type Plugin, type PluginConfig } from './plugin.ts';
import { show } from './check.ts';
import { DownhillError } from './errors.ts';

/** An image's size; values of a pixel's channels lie side by side, rows from the top. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * What is random in an operation: numbers of one image's own stream, one after the other. The same seed, stream, sample, epoch and
 * place in the pipeline give the same numbers, whatever the batch.
 */
export interface Draws extends DrawSource {
  /** A whole number from 0 to n − 1. */
  integer(n: number): number;
  /** True with a probability. */
  bernoulli(probability: number): boolean;
}

/** Three rows of three, row by row. */
export type Matrix3 = readonly [number, number, number, number, number, number, number, number, number];

export type Interpolation = 'nearest' | 'bilinear' | 'bicubic';

/**
 * What lies outside an image. `constant`: the fill; `edge`: the nearest pixel; `reflect`: mirrored at the middle of the border pixel;
 * `symmetric`: mirrored at the image's edge; `wrap`: the image again.
 */
export type Border = 'constant' | 'edge' | 'reflect' | 'symmetric' | 'wrap';

/**
 * A picture is taken anew: pixel (column j, row i) of the result shows the point that `matrix` makes of (j + ½, i + ½, 1), where pixel
 * (j, i) of the image covers [j, j + 1] x [i, i + 1].
 */
export interface GeometryEffect {
  readonly kind: 'geometry';
  readonly matrix: Matrix3;
  readonly height: number;
  readonly width: number;
  readonly interpolation: Interpolation;
  readonly border: Border;
  /** For each channel, or one number for all. @defaultValue 0 */
  readonly fill?: readonly number[] | undefined;
  /** The map of points, where pixels are sampled beside the places that they show (the nearest neighbour of PyTorch). @defaultValue `matrix` */
  readonly points?: Matrix3;
  /** For each pixel of the result (x, y) in pixels, added to (j + ½, i + ½) before the matrix. */
  readonly displacement?: Float32Array;
}

/** Each pixel's channels are multiplied by a matrix of channels rows and channels + 1 columns, the last of which is added. */
export interface ColourEffect {
  readonly kind: 'colour';
  readonly matrix: readonly number[];
  /** Whether the result is cut off at 0 and at the largest value. */
  readonly clamp: boolean;
  /** Where the matrix blends with gray: the share of the colours. Of levels the gray is one too before it is blended. */
  readonly colourShare?: number;
}

/** A function of each value, or of each pixel, that is no matrix. */
export type PointwiseEffect =
  | { readonly kind: 'pointwise'; readonly name: 'gamma'; readonly gamma: number; readonly gain: number }
  | { readonly kind: 'pointwise'; readonly name: 'hue'; readonly shift: number }
  | { readonly kind: 'pointwise'; readonly name: 'posterize'; readonly bits: number }
  | { readonly kind: 'pointwise'; readonly name: 'solarize'; readonly threshold: number }
  | { readonly kind: 'pointwise'; readonly name: 'noise'; readonly values: Float32Array };

/** A box takes a value for each channel (or one for all), or a patch of its own size. */
export interface EraseEffect {
  readonly kind: 'erase';
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
  readonly value: readonly number[] | Float32Array;
}

/** What looks at more than one pixel for each pixel of the result. */
export type NeighbourhoodEffect =
  | { readonly kind: 'neighbourhood'; readonly name: 'blur'; readonly kernelX: readonly number[]; readonly kernelY: readonly number[] }
  | { readonly kind: 'neighbourhood'; readonly name: 'sharpness'; readonly factor: number }
  | { readonly kind: 'neighbourhood'; readonly name: 'equalize' }
  | { readonly kind: 'neighbourhood'; readonly name: 'autocontrast' }
  | {
      readonly kind: 'neighbourhood';
      readonly name: 'contrast';
      readonly factor: number;
      /** Whether each channel has a mean of its own; else all have that of the gray. @defaultValue false */
      readonly perChannel?: boolean;
    }
  | { readonly kind: 'neighbourhood'; readonly name: 'antialiasedResize'; readonly height: number; readonly width: number };

/** A weighted sum of the image and of what chains of effects make of it, all of its size. */
export interface MixtureEffect {
  readonly kind: 'mixture';
  /** The image's own weight. */
  readonly own: number;
  readonly chains: readonly { readonly share: number; readonly effects: readonly Effect[] }[];
}

/** What an operation does to one image, as data: a pipeline joins effects of a kind. */
export type Effect = GeometryEffect | ColourEffect | PointwiseEffect | EraseEffect | NeighbourhoodEffect | MixtureEffect;

/** An operation on images: what is random about it, and what it does, as two pure functions. */
export interface Augmentation<Draw extends Json = Json> extends Plugin<'augmentation'> {
  /** What chance decides for one image. */
  draw(draws: Draws, image: ImageSize): Draw;
  /** What a draw does to the image: any number of effects, one after the other. */
  apply(draw: Draw, image: ImageSize): readonly Effect[];
  /** Looks at a draw that somebody else made, before it is applied. @throws DownhillError `invalid-argument` for one that cannot be applied. */
  check(draw: Json, image: ImageSize): void;
  /** Set where values do not stay between 0 and 1, as after a normalization; its tests do not ask for it. @defaultValue false */
  readonly leavesRange?: boolean;
}

export interface AugmentationDefinition<Draw extends Json> {
  /** The factory's name. */
  readonly name: string;
  readonly config: PluginConfig;
  readonly draw: (draws: Draws, image: ImageSize) => Draw;
  readonly apply: (draw: Draw, image: ImageSize) => readonly Effect[];
  /** Set where the operation takes only images of so many channels. */
  readonly channels?: 3;
  /** Set where values do not stay between 0 and 1. @defaultValue false */
  readonly leavesRange?: boolean;
  /** Throws for a draw that cannot be applied. @defaultValue none is refused */
  readonly check?: (draw: Json, image: ImageSize) => void;
}

/**
 * Makes an augmentation out of its two functions.
 *
 * @example
 * const draw = (draws: Draws) => draws.bernoulli(0.5);
 * const negative = augmentation({ name: 'negative', config: {}, draw, apply: () => [] });
 * negative.kind; // 'augmentation'
 *
 * @throws DownhillError `invalid-argument` from its functions, for an image whose channels are not what the operation takes.
 */
export function augmentation<Draw extends Json>(definition: AugmentationDefinition<Draw>): Augmentation<Draw> {
  const { name, config, draw, apply, channels, leavesRange } = definition;
  const checkImage = (image: ImageSize): void => {
    if (channels === undefined || image.channels === channels) return;
    throw new DownhillError({
      code: 'invalid-argument',
      source: name,
      problem: `takes images of ${channels} channels (red, green, blue), got ${show(image.channels)}`,
      advice: 'Leave it out for such images, or repeat their channel first.',
    });
  };
  return Object.freeze({
    kind: 'augmentation',
    name,
    config,
    ...(leavesRange === undefined ? {} : { leavesRange }),
    draw(draws, image) {
      checkImage(image);
      return draw(draws, image);
    },
    apply(drawn, image) {
      checkImage(image);
      return apply(drawn, image);
    },
    check(drawn, image) {
      checkImage(image);
      definition.check?.(drawn, image);
    },
    toJSON() {
      return pluginJson(this);
    },
  } satisfies Augmentation<Draw>);
}

export function isAugmentation(value: unknown): value is Augmentation {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'augmentation';
}
