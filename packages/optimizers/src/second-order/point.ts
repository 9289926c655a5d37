/** A place in the space of all weights, and what was seen there. */
export interface Point {
  readonly x: Float64Array;
  readonly loss: number;
  readonly gradient: Float64Array;
}

/** Evaluates the loss and its gradient, once. */
export type Look = (x: Float64Array) => Point;

/** Whether nothing that was seen is NaN or infinite. */
export const isFinitePoint = ({ loss, gradient }: Point): boolean => Number.isFinite(loss) && gradient.every(Number.isFinite);
