import { checkNumber } from '@downhill/core';
import { seededInitializer } from '@downhill/tfjs/layers';
import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import type { LayerVariable, Shape } from '@tensorflow/tfjs-layers';
import { KernelWrapper, type KernelWrapperConfig } from './kernel-wrapper.ts';
import { spectralNormalization } from './spectral-normalization.ts';

/** Config of {@link SpectralNormalization}. */
export interface SpectralNormalizationConfig extends KernelWrapperConfig {
  /** Steps of the power iteration at each training forward, at least 1. @defaultValue 1 (Keras, Miyato et al. 2018) */
  readonly powerIterations?: number;
  /** Vectors shorter than this are not stretched to length 1. @defaultValue 1e-12 (torch.nn.utils.spectral_norm) */
  readonly epsilon?: number;
  /** Of the first vector. @defaultValue 0 */
  readonly seed?: number;
}

/**
 * A layer whose kernel is divided by its largest singular value: {@link spectralNormalization}.
 *
 * The vector of the power iteration is a weight that is not trained, `u`: it moves at each training forward, is saved with the model and
 * kept in checkpoints. Outside training it stays, and the kernel is normalized by it. Keras's `SpectralNormalization` overwrites the kernel instead.
 *
 * @example
 * const layer = new SpectralNormalization({ layer: tf.layers.dense({ units: 4 }) });
 * layer.getClassName(); // 'DownhillSpectralNormalization'
 *
 * @throws DownhillError `unsupported` for a layer other than dense, conv1d, conv2d, conv3d; `invalid-argument` for options out of range.
 */
export class SpectralNormalization extends KernelWrapper {
  static get className(): string {
    return 'DownhillSpectralNormalization';
  }
  /** The vectors move in training, and the gradient takes them for constants (Miyato et al. 2018). */
  readonly gradientIsDerivative = false;
  /** `seedModel` draws `u` by it. */
  readonly uInitializer: ReturnType<typeof seededInitializer>;
  private readonly options: { readonly powerIterations: number; readonly epsilon: number; readonly seed: number };
  private u: LayerVariable | undefined;

  constructor({ powerIterations = 1, epsilon = 1e-12, seed = 0, ...config }: SpectralNormalizationConfig) {
    super(config);
    checkNumber('SpectralNormalization', { powerIterations }, { min: 1, integer: true });
    checkNumber('SpectralNormalization', { epsilon }, { min: 0 });
    this.options = { powerIterations, epsilon, seed };
    this.uInitializer = seededInitializer({ name: 'heNormal', seed, stream: 'spectral normalization' });
  }

  override build(inputShape: Shape | Shape[]): void {
    super.build(inputShape);
    const { kernel } = this.layer as unknown as { readonly kernel: LayerVariable };
    this.u = this.addWeight('u', [kernel.shape.at(-1) ?? 1], 'float32', this.uInitializer, undefined, false);
  }

  protected override kernelFrom(kernel: Tensor, { training }: { readonly training: boolean }): Tensor {
    const before = this.u;
    if (before === undefined) throw new TypeError('SpectralNormalization is called before it is built');
    const { powerIterations, epsilon } = this.options;
    const { kernel: normalized, u } = spectralNormalization(kernel, {
      u: before.read(),
      iterations: training ? powerIterations : 0,
      epsilon,
    });
    if (training) before.write(u);
    return normalized;
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), ...this.options };
  }
}
