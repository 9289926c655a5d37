import { valueAt, type ScheduleLike } from '@downhill/core';
import type { serialization } from '@tensorflow/tfjs-core';
import { writtenName } from '../../internals/written-name.ts';
import { rateConfig, rateOf, StochasticLayer, type RateConfig, type StochasticConfig } from './stochastic-layer.ts';

/** What a layer with a rate takes. */
export interface RateLayerConfig extends StochasticConfig {
  /**
   * The chance of being dropped, in [0, 1): a number, or a schedule of the layer's training forwards. For a model that is
   * loaded, `register` the schedule's factory first.
   */
  rate: RateConfig;
}

/** A stochastic layer with a rate. */
export abstract class RateLayer extends StochasticLayer {
  readonly rate: ScheduleLike;

  constructor({ rate, ...config }: RateLayerConfig) {
    super(config);
    this.rate = rateOf(writtenName(this), rate);
  }

  protected rateAt(forward: number): number {
    return valueAt(this.rate, forward);
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), rate: rateConfig(this.rate) };
  }
}
