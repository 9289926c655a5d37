import { DownhillError, show, subKey } from '@downhill/core';
import type { ForwardDraw } from '@downhill/tfjs';
import { type serialization, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { layers, type LayerVariable, type Shape } from '@tensorflow/tfjs-layers';
import { withInnerLayer } from '../../internals/inner-layer.ts';
import { dropConnect } from '../drop-connect.ts';
import { RateLayer, type RateLayerConfig } from './rate-layer.ts';

type Layer = layers.Layer;

/** What {@link DropConnect} takes. */
export interface DropConnectConfig extends RateLayerConfig {
  /** The layer whose weights are dropped: dense, a convolution, or any other that looks at its weights in `call`. */
  layer: Layer;
  /** Whether weights with one axis are dropped too. @defaultValue false */
  maskBias?: boolean;
}

/**
 * {@link dropConnect} around a layer: in training it is run with some of its weights dropped, by one mask for the whole batch.
 *
 * @example
 * const layer = new DropConnect({ layer: tf.layers.dense({ units: 10 }), rate: 0.5 });
 * layer.getClassName(); // 'DownhillDropConnect'
 */
export class DropConnect extends RateLayer {
  static get className(): string {
    return 'DownhillDropConnect';
  }
  readonly layer: Layer;
  readonly maskBias: boolean;

  constructor({ layer, maskBias = false, ...config }: DropConnectConfig) {
    super(config);
    if (!(layer instanceof layers.Layer))
      throw new DownhillError({
        code: 'invalid-argument',
        source: 'DropConnect',
        problem: `\`layer\` must be a layer, got ${show(layer)}`,
        advice: 'Pass tf.layers.dense({ units: 10 }).',
      });
    this.layer = layer;
    this.maskBias = maskBias;
  }

  override build(inputShape: Shape | Shape[]): void {
    if (!this.layer.built) this.layer.build(inputShape);
    this.layer.built = true;
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return this.layer.computeOutputShape(inputShape) as Shape;
  }

  protected override drawn(inputs: readonly Tensor[], { key, forward }: ForwardDraw): Tensor {
    const rate = this.rateAt(forward);
    const fields = this.layer as unknown as Record<string, unknown>;
    const dropped = Object.entries(fields).filter((entry): entry is [string, LayerVariable] => this.#isDropped(entry[1]));
    try {
      for (const [field, variable] of dropped) {
        const weights = dropConnect(variable.read(), { rate, key: subKey(key, field) });
        fields[field] = Object.create(variable, { read: { value: () => weights } });
      }
      return this.#run(inputs, true);
    } finally {
      for (const [field, variable] of dropped) fields[field] = variable;
    }
  }

  protected override still(inputs: readonly Tensor[]): Tensor {
    return this.#run(inputs, false);
  }

  #isDropped(value: unknown): boolean {
    const weight = this.layer.trainableWeights.find((variable) => variable === value);
    return weight !== undefined && (this.maskBias || weight.shape.length > 1);
  }

  #run(inputs: readonly Tensor[], training: boolean): Tensor {
    const [x] = inputs;
    return this.layer.call(inputs.length === 1 && x !== undefined ? x : [...inputs], { training }) as Tensor;
  }

  // The layer's weights are asked for before this class's constructor has set the layer.
  override get trainableWeights(): LayerVariable[] {
    return this.trainable ? ((this.layer as Layer | undefined)?.trainableWeights ?? []) : [];
  }

  override get nonTrainableWeights(): LayerVariable[] {
    const { layer, trainable } = this as { layer?: Layer; trainable: boolean };
    return (trainable ? layer?.nonTrainableWeights : layer?.weights) ?? [];
  }

  override get losses(): (() => Scalar)[] {
    return (this.layer as Layer | undefined)?.losses ?? [];
  }

  override getConfig(): serialization.ConfigDict {
    const layer = { className: this.layer.getClassName(), config: this.layer.getConfig() };
    return { ...super.getConfig(), layer, maskBias: this.maskBias };
  }

  static override fromConfig<T extends serialization.Serializable>(
    cls: serialization.SerializableConstructor<T>,
    config: serialization.ConfigDict,
  ): T {
    return new cls(withInnerLayer('DropConnect', config));
  }
}
