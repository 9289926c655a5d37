import { checkOneOf } from '@downhill/core';
import type { ForwardDraw } from '@downhill/tfjs';
import { add, type serialization, type Tensor } from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { shakeShake } from '../shake-shake.ts';
import { stochasticDepth, type StochasticDepthMode } from '../stochastic-depth.ts';
import { checkSameShape, wrongCount } from './check-inputs.ts';
import { RateLayer, type RateLayerConfig } from './rate-layer.ts';
import { StochasticLayer, type StochasticConfig } from './stochastic-layer.ts';

/** What {@link StochasticDepth} takes. */
export interface StochasticDepthConfig extends RateLayerConfig {
  /** `'row'` decides for each example, `'batch'` for all of them together. @defaultValue 'row' */
  mode?: StochasticDepthMode;
}

/**
 * {@link stochasticDepth} as a layer. Of two inputs, shortcut and branch, it gives their sum; of one, the branch, what is to be
 * added to the shortcut.
 *
 * @example
 * const layer = new StochasticDepth({ rate: 0.2 });
 * layer.getClassName(); // 'DownhillStochasticDepth'
 */
export class StochasticDepth extends RateLayer {
  static get className(): string {
    return 'DownhillStochasticDepth';
  }
  readonly mode: StochasticDepthMode;

  constructor({ mode = 'row', ...config }: StochasticDepthConfig) {
    super(config);
    checkOneOf('StochasticDepth', 'mode', mode, ['row', 'batch']);
    this.mode = mode;
  }

  protected override checkInputs(shapes: readonly Shape[]): void {
    if (shapes.length > 2) throw wrongCount(this, 'a branch, or a shortcut and a branch', shapes.length);
    checkSameShape(this, shapes);
  }

  protected override drawn(inputs: readonly Tensor[], { key, forward }: ForwardDraw): Tensor {
    const [shortcut, branch] = partsOf(inputs);
    const left = stochasticDepth(branch, { rate: this.rateAt(forward), mode: this.mode, key });
    return shortcut === undefined ? left : add(shortcut, left);
  }

  protected override still(inputs: readonly Tensor[]): Tensor {
    const [shortcut, branch] = partsOf(inputs);
    return shortcut === undefined ? branch : add(shortcut, branch);
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), mode: this.mode };
  }
}

const partsOf = ([first, second]: readonly Tensor[]): [shortcut: Tensor | undefined, branch: Tensor] =>
  second === undefined ? [undefined, first as Tensor] : [first, second];

/** What {@link ShakeShake} takes. */
export interface ShakeShakeConfig extends StochasticConfig {
  /** Whether each example has its own shares. @defaultValue true */
  perImage?: boolean;
}

/**
 * {@link shakeShake} as a layer of two branches.
 *
 * @example
 * const layer = new ShakeShake();
 * layer.getClassName(); // 'DownhillShakeShake'
 */
export class ShakeShake extends StochasticLayer {
  static get className(): string {
    return 'DownhillShakeShake';
  }
  /** Backward the branches have other shares than forward. */
  readonly gradientIsDerivative = false;
  readonly perImage: boolean;

  constructor({ perImage = true, ...config }: ShakeShakeConfig = {}) {
    super(config);
    this.perImage = perImage;
  }

  protected override checkInputs(shapes: readonly Shape[]): void {
    if (shapes.length !== 2) throw wrongCount(this, 'two branches', shapes.length);
    checkSameShape(this, shapes);
  }

  protected override drawn([first, second]: readonly Tensor[], { key }: ForwardDraw): Tensor {
    return shakeShake(first as Tensor, second as Tensor, { training: true, perImage: this.perImage, key });
  }

  protected override still([first, second]: readonly Tensor[]): Tensor {
    return shakeShake(first as Tensor, second as Tensor, { training: false, perImage: this.perImage });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), perImage: this.perImage };
  }
}
