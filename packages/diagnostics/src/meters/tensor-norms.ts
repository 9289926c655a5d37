/** What is known of a trained tensor at a step: Euclidean norms over its elements. */
export interface TensorNorms {
  readonly gradient: number;
  /** Of the change that the step made. */
  readonly update: number;
  /** Of the weight before the step. */
  readonly weight: number;
}
