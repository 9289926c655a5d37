import { GEOMETRY_BYTES, outputValues, writeGeometry } from '../geometry.ts';
import type { Computation } from '../held-data.ts';
import type { Runtime } from '../runtime.ts';
import { expressionOf } from './evaluate.ts';
import type { Operand } from './expression.ts';
import type { KeptMaxPool } from './kept-max-pool.ts';

/** The gradient of a kept max pooling, not spread over the windows yet. */
export class MaxPoolGradient implements Computation {
  readonly pool: KeptMaxPool;
  /** Of the outputs. */
  readonly gradient: Operand;
  private readonly runtime: Runtime;

  /** Takes over the hold on the gradient's data. */
  constructor(runtime: Runtime, pool: KeptMaxPool, gradient: Operand) {
    this.runtime = runtime;
    this.pool = pool;
    this.gradient = gradient;
    pool.output.hold();
    pool.places.hold();
  }

  compute(address: number): void {
    const { memory, native, scratch } = this.runtime;
    const dy = this.gradient.data.address();
    scratch.with([GEOMETRY_BYTES], ([at]) => {
      writeGeometry(memory, at, this.pool.geometry);
      native.spreadToPlaces(at, this.pool.places.address(), dy, address);
    });
  }

  release(): void {
    this.gradient.data.release();
    this.pool.places.release();
    this.pool.output.release();
  }

  /** The same where a relu that made the pooling's input lets it pass: the input at a window's place is its output. */
  whereOutputIsPositive(): MaxPoolGradient {
    const { output, geometry } = this.pool;
    const size = geometry.batchSize * outputValues(geometry);
    const operands = [{ data: this.gradient.data.hold() }, { data: output.hold() }];
    const masked = expressionOf(this.runtime, 'wherePositive', size, operands);
    return new MaxPoolGradient(this.runtime, this.pool, { data: this.runtime.memory.unnamed(size, masked) });
  }
}
