import { DownhillError } from '@downhill/core';
import { tidy, type serialization, type Tensor } from '@tensorflow/tfjs-core';
import { layers, type LayerVariable, type Shape } from '@tensorflow/tfjs-layers';
import { withInnerLayer } from '../internals/inner-layer.ts';
import { writtenName } from '../internals/written-name.ts';

type Layer = layers.Layer;
type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;

/** A layer that multiplies or convolves by a kernel whose last axis is that of its outputs. */
type KernelLayer = Layer & { kernel: LayerVariable };

/** What every layer around a layer takes. */
export interface KernelWrapperConfig extends LayerArgs {
  /** A new layer with a kernel whose last axis is that of its outputs: dense, conv1d, conv2d, conv3d. */
  readonly layer: Layer;
}

const KERNEL_LAYERS = ['Dense', 'Conv1D', 'Conv2D', 'Conv3D'];

/**
 * A layer that works as another one does, but with another kernel, a function of that one's. Its weights are the inner layer's; what is
 * learned, penalized and saved is the kernel before the function.
 */
export abstract class KernelWrapper extends layers.Layer {
  readonly layer: Layer;

  constructor({ layer, ...config }: KernelWrapperConfig) {
    super(config);
    if (!KERNEL_LAYERS.includes(layer?.getClassName?.()))
      throw new DownhillError({
        code: 'unsupported',
        source: writtenName(this),
        problem: `\`layer\` must be one of ${KERNEL_LAYERS.join(', ')}, got ${layer?.getClassName?.() ?? String(layer)}`,
        advice: 'Its kernel must have its outputs on the last axis.',
      });
    this.layer = layer;
  }

  /** The kernel to work with. */
  protected abstract kernelFrom(kernel: Tensor, mode: { readonly training: boolean }): Tensor;

  override build(inputShape: Shape | Shape[]): void {
    const { layer } = this;
    if (!layer.built) layer.build(inputShape);
    layer.built = true;
    this.trainableWeights = [...layer.trainableWeights];
    this.nonTrainableWeights = [...layer.nonTrainableWeights];
    this.addLoss(layer.losses);
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return this.layer.computeOutputShape(inputShape);
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown> = {}): Tensor | Tensor[] {
    return tidy(() => {
      const inner = this.layer as KernelLayer;
      const { kernel } = inner;
      const made = this.kernelFrom(kernel.read(), { training: kwargs.training === true });
      inner.kernel = { read: () => made } as LayerVariable; // the inner layer reads nothing else of it
      try {
        return inner.call(inputs, kwargs);
      } finally {
        inner.kernel = kernel;
      }
    });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), layer: { className: this.layer.getClassName(), config: this.layer.getConfig() } };
  }

  /** @internal Builds the inner layer of a saved config, whose class tfjs knows by its name. */
  static override fromConfig<T extends serialization.Serializable>(
    cls: serialization.SerializableConstructor<T>,
    config: serialization.ConfigDict,
  ): T {
    return new cls(withInnerLayer(cls.className, config));
  }
}
