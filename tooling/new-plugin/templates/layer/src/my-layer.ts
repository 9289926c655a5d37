import { checkNumber } from '@downhill/core';
import { abs, add, div, mul, serialization, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

/** What {@link MyLayer} takes; say whose defaults these are. */
export interface MyLayerConfig {
  name?: string;
  /** How early large values are held back, at least 0. @defaultValue 1 */
  slope?: number;
}

/**
 * Softens large values. Write the equation of your layer here.
 *
 *     y = x / (1 + slope · |x|)
 *
 * Cite its source. Shapes stay as they are.
 *
 * @example
 * const layer = new MyLayer({ slope: 2 });
 * layer.slope; // 2
 *
 * @throws DownhillError `invalid-argument` where a number is out of its range.
 */
export class MyLayer extends layers.Layer {
  static get className(): string {
    return 'MyLayer';
  }
  readonly slope: number;

  constructor({ slope = 1, ...config }: MyLayerConfig = {}) {
    super(config);
    checkNumber('MyLayer', { slope }, { min: 0 });
    this.slope = slope;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    return tidy(() => div(x as Tensor, add(1, mul(this.slope, abs(x as Tensor)))));
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), slope: this.slope };
  }
}

/** Makes the layer known to tfjs, so that `tf.loadLayersModel` builds it again. */
export function registerMyLayer(): void {
  serialization.registerClass(MyLayer);
}
