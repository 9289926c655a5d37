/** How convolutions are computed. */
export const CONVOLUTIONS = ['winograd', 'direct'] as const;

/**
 * - `'winograd'`: those with 3 x 3 filters and stride 1 by tiles, with down to a quarter of the products, where that is faster. Rounding
 *   errors are two to six times those of direct sums.
 * - `'direct'`: every product of the definition.
 */
export type ConvolutionAlgorithm = (typeof CONVOLUTIONS)[number];

/** What a user chose for the kernels. */
export interface Settings {
  readonly convolution: ConvolutionAlgorithm;
}
