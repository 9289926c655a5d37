/** Why a racer's way ended before the last step. */
export type Ended =
  | { readonly kind: 'finished' }
  /** The loss or a weight was NaN or infinite. */
  | { readonly kind: 'diverged'; readonly step: number }
  | { readonly kind: 'refused'; readonly message: string };

/** The way of one optimizer over a surface. Points are two numbers each; a step goes from point `i` to point `i + 1`. */
export interface Trace {
  readonly ended: Ended;
  /** One more than there are steps. */
  readonly points: Float32Array<ArrayBuffer>;
  /** The surface's height at each point, without noise. */
  readonly losses: Float64Array<ArrayBuffer>;
  /** What the optimizer was told at each point, noise included; at the last, the surface's own. */
  readonly gradients: Float32Array<ArrayBuffer>;
  /** The rule's own velocity or first moment after each step; NaN where it keeps none. */
  readonly velocities: Float32Array<ArrayBuffer>;
  /** The learning rate of each step; NaN where the rule has none. */
  readonly rates: Float32Array<ArrayBuffer>;
}

export const stepsOf = ({ rates }: Trace): number => rates.length;

/** The two numbers of a point, gradient or velocity. */
export const pairAt = (values: Float32Array, index: number): readonly [number, number] => [
  values[2 * index] ?? Number.NaN,
  values[2 * index + 1] ?? Number.NaN,
];

/** The trace of a racer that never started. */
export const refused = (message: string): Trace => ({
  ended: { kind: 'refused', message },
  points: new Float32Array(0),
  losses: new Float64Array(0),
  gradients: new Float32Array(0),
  velocities: new Float32Array(0),
  rates: new Float32Array(0),
});
