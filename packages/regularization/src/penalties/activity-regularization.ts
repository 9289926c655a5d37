import { checkOneOf, DownhillError } from '@downhill/core';
import { addN, dispose, keep, scalar, type Scalar, type serialization, type Tensor } from '@tensorflow/tfjs-core';
import { layers, type Shape } from '@tensorflow/tfjs-layers';
import { currentTape } from '../internals/tape.ts';
import { activityPenalty, type ActivityPenaltyOptions } from './activity-penalty.ts';
import { elasticNet } from './elastic-net.ts';

type LayerConfig = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

/** Config of {@link ActivityRegularization}. */
export interface ActivityRegularizationConfig extends LayerConfig, ActivityPenaltyOptions {
  /** Factor of Σ|x|, at least 0. @defaultValue 0 (Keras) */
  readonly l1?: number;
  /** Factor of Σx², at least 0. @defaultValue 0 (Keras) */
  readonly l2?: number;
}

/**
 * Passes its input on, `[batch, ...]`, and in training adds a penalty on it to the loss, in `model.fit` and in `train`.
 *
 *     loss += (l₁ Σ|x| + l₂ Σx²) / batch
 *
 * With `reduction: 'sum'` not divided by the batch, as in Keras 3; `tf.keras` 2 divides. Keras's layer of that name, which tfjs-layers does not have, and where `activityRegularizer` of other layers throws.
 *
 * @example
 * const layer = new ActivityRegularization({ l1: 1e-4 });
 * layer.getClassName(); // 'ActivityRegularization'
 *
 * @throws DownhillError `invalid-argument` where a factor is negative or `reduction` is another word.
 */
export class ActivityRegularization extends layers.Layer {
  static get className(): string {
    return 'ActivityRegularization';
  }
  private readonly options: Required<Pick<ActivityRegularizationConfig, 'l1' | 'l2' | 'reduction'>>;
  /** Penalties of the forward pass at hand, until the loss asks: a layer may stand in a model more than once. */
  private pending: Scalar[] = [];
  private tape: object | undefined;

  constructor({ l1 = 0, l2 = 0, reduction = 'mean', ...layer }: ActivityRegularizationConfig = {}) {
    super(layer);
    checkOneOf('ActivityRegularization', 'reduction', reduction, ['mean', 'sum']);
    elasticNet({ l1, l2 }); // checks both
    this.options = { l1, l2, reduction };
    this.supportsMasking = true;
    this.addLoss(() => this.takePenalty());
  }

  /** @throws DownhillError `unsupported` for more than one input. */
  override call(inputs: Tensor | Tensor[], { training = false }: { readonly training?: boolean } = {}): Tensor {
    const [x, ...others] = Array.isArray(inputs) ? inputs : [inputs];
    if (x === undefined || others.length > 0)
      throw new DownhillError({
        code: 'unsupported',
        source: 'ActivityRegularization',
        problem: `\`${this.name}\` takes one input, got ${others.length + 1}`,
      });
    const tape = currentTape();
    if (training && tape !== undefined) {
      if (tape !== this.tape) this.drop(); // an earlier pass whose loss was never asked for
      this.tape = tape;
      const { l1, l2, reduction } = this.options;
      this.pending.push(keep(activityPenalty(elasticNet({ l1, l2 }), x, { reduction }))); // a model disposes of what its layers make
    }
    return x;
  }

  private takePenalty(): Scalar {
    if (this.pending.length === 0) return scalar(0);
    const total = addN(this.pending);
    this.drop();
    return total;
  }

  private drop(): void {
    dispose(this.pending);
    this.pending = [];
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape;
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), ...this.options };
  }

  override dispose(): ReturnType<layers.Layer['dispose']> {
    this.drop();
    return super.dispose();
  }
}
