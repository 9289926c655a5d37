import type { ColourEffect, EraseEffect, GeometryEffect, NeighbourhoodEffect, PointwiseEffect } from '@downhill/core';

/** The part of an image that is looked at: pixels from `left` to before `right` and from `top` to before `bottom`. */
export interface Window {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The picture is taken anew, once: what lies outside the window is the border. */
export interface ResamplePass extends GeometryEffect {
  readonly window: Window;
  /**
   * Whether a fill that is given takes the place of what is missing in torchvision's way: of a pixel that is covered to m by the image it
   * takes 1 - m, and what the image gives, weighted by m already, is weighted by m again.
   */
  readonly coveredTwice?: boolean;
}

/** What is done to each pixel by itself, all of it while the pixel is there. */
export interface PixelPass {
  readonly kind: 'pixels';
  readonly steps: readonly (ColourEffect | PointwiseEffect | EraseEffect)[];
}

/** One way through an image. */
export type Pass = ResamplePass | PixelPass | NeighbourhoodEffect | MixturePass;

/** A weighted sum of the image and of what passes make of it. */
export interface MixturePass {
  readonly kind: 'mixture';
  readonly own: number;
  readonly chains: readonly { readonly share: number; readonly passes: readonly Pass[] }[];
}
