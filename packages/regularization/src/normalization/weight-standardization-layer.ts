import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import { KernelWrapper, type KernelWrapperConfig } from './kernel-wrapper.ts';
import { checkStandardization, weightStandardization, type WeightStandardizationOptions } from './weight-standardization.ts';

/** Config of {@link WeightStandardization}. */
export interface WeightStandardizationConfig extends KernelWrapperConfig, WeightStandardizationOptions {}

/**
 * A layer with {@link weightStandardization} of its kernel, in training and after it.
 *
 * Qiao et al. 2019 (arXiv:1903.10520) pair it with group normalization; the inner layer may be dense, conv1d, conv2d or conv3d.
 *
 * @example
 * const layer = new WeightStandardization({ layer: tf.layers.conv2d({ filters: 8, kernelSize: 3 }) });
 * layer.getClassName(); // 'DownhillWeightStandardization'
 *
 * @throws DownhillError `unsupported` for another layer, `invalid-argument` as {@link weightStandardization}.
 */
export class WeightStandardization extends KernelWrapper {
  static get className(): string {
    return 'DownhillWeightStandardization';
  }
  private readonly options: Required<WeightStandardizationOptions>;

  constructor({ kind, epsilon, ...config }: WeightStandardizationConfig) {
    super(config);
    this.options = checkStandardization({ ...(kind === undefined ? {} : { kind }), ...(epsilon === undefined ? {} : { epsilon }) });
  }

  protected override kernelFrom(kernel: Tensor): Tensor {
    return weightStandardization(kernel, this.options);
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), ...this.options };
  }
}
