import { LEAST_CURVATURE, type Curvature } from './curvature.ts';
import { dampedInverse } from './damped-inverse.ts';
import { hessianAt } from './hessian.ts';
import { InverseHessian } from './inverse-hessian.ts';
import type { Look, Point } from './point.ts';
import { dot } from './vectors.ts';

/**
 * The damped inverse of the Hessian, measured when it is asked for, and for some steps after that kept current by BFGS's update. Where the Hessian cannot
 * be measured, it is BFGS from the start.
 */
export class MeasuredHessian implements Curvature {
  readonly #look: Look;
  readonly #every: number;
  #inverse = new InverseHessian();
  /** Steps since it was measured; undefined where it is to be measured. */
  #age: number | undefined;

  /** @param every Measured anew after so many steps. */
  constructor(look: Look, every: number) {
    this.#look = look;
    this.#every = every;
  }

  get isFresh(): boolean {
    return this.#age === 0;
  }

  direction(here: Point): Float64Array {
    if (this.#age === undefined) {
      const hessian = hessianAt(this.#look, here);
      this.#inverse = new InverseHessian(hessian && dampedInverse(hessian));
      this.#age = 0;
    }
    return this.#inverse.direction(here);
  }

  firstStep(here: Point): number {
    return this.#inverse.firstStep(here);
  }

  learn(step: Float64Array, change: Float64Array): void {
    this.#age = (this.#age ?? 0) + 1;
    if (this.#age >= this.#every || !(dot(step, change) > LEAST_CURVATURE)) this.forget();
    else this.#inverse.learn(step, change);
  }

  forget(): void {
    this.#age = undefined;
  }
}
