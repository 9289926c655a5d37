/**
 * What a model puts out for some examples, one row each, row-major: probabilities `[examples, classes]`, or values `[examples, values]` of a
 * regression. Plain numbers, so that combining, judging and calibrating need no backend.
 */
export interface Outputs {
  readonly values: Float64Array | Float32Array;
  readonly shape: readonly [examples: number, width: number];
}
