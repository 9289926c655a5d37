import { checkOneOf, DownhillError } from '@downhill/core';
import type { ForwardDraw } from '@downhill/tfjs';
import { add, type serialization, type Tensor } from '@tensorflow/tfjs-core';
import { shakeShake } from '../shake-shake.ts';
import { stochasticDepth, type StochasticDepthMode } from '../stochastic-depth.ts';
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

  protected override drawn(inputs: readonly Tensor[], { key, forward }: ForwardDraw): Tensor {
    const [shortcut, branch] = this.#parts(inputs);
    const left = stochasticDepth(branch, { rate: this.rateAt(forward), mode: this.mode, key });
    return shortcut === undefined ? left : add(shortcut, left);
  }

  protected override still(inputs: readonly Tensor[]): Tensor {
    const [shortcut, branch] = this.#parts(inputs);
    return shortcut === undefined ? branch : add(shortcut, branch);
  }

  #parts(inputs: readonly Tensor[]): [shortcut: Tensor | undefined, branch: Tensor] {
    const [first, second] = inputs;
    if (first === undefined || inputs.length > 2)
      throw wrongCount('StochasticDepth', 'a branch, or a shortcut and a branch', inputs.length);
    return second === undefined ? [undefined, first] : [first, second];
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), mode: this.mode };
  }
}

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
  readonly perImage: boolean;

  constructor({ perImage = true, ...config }: ShakeShakeConfig = {}) {
    super(config);
    this.perImage = perImage;
  }

  protected override drawn(inputs: readonly Tensor[], { key }: ForwardDraw): Tensor {
    return shakeShake(...twoOf(inputs), { training: true, perImage: this.perImage, key });
  }

  protected override still(inputs: readonly Tensor[]): Tensor {
    return shakeShake(...twoOf(inputs), { training: false, perImage: this.perImage });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), perImage: this.perImage };
  }
}

function twoOf(inputs: readonly Tensor[]): [Tensor, Tensor] {
  const [first, second, third] = inputs;
  if (first === undefined || second === undefined || third !== undefined) throw wrongCount('ShakeShake', 'two branches', inputs.length);
  return [first, second];
}

const wrongCount = (source: string, wanted: string, got: number): DownhillError =>
  new DownhillError({ code: 'invalid-argument', source, problem: `it takes ${wanted}, got ${got} inputs` });
