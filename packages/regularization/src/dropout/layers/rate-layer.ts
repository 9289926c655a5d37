import { build, DownhillError, isSchedule, show, valueAt, type ScheduleLike } from '@downhill/core';
import { fromConfigText, toConfigText } from '@downhill/tfjs';
import type { serialization } from '@tensorflow/tfjs-core';
import { writtenName } from '../../internals/written-name.ts';
import { checkRate } from '../randomness.ts';
import { StochasticLayer, type StochasticConfig } from './stochastic-layer.ts';

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

/** A rate as a config holds it: a number, a schedule, or a schedule's JSON as text that tfjs-layers leaves alone. */
type RateConfig = ScheduleLike | string;

/** A rate that is a number or a schedule of the layer's training forwards. @throws DownhillError `invalid-argument` */
function rateOf(source: string, rate: RateConfig): ScheduleLike {
  const made = typeof rate === 'string' && rate.startsWith('{') ? build(fromConfigText(rate)) : rate;
  if (typeof made === 'number') checkRate(source, made);
  else if (!isSchedule(made))
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`rate\` must be a number, at least 0 and below 1, or a schedule, got ${show(rate)}`,
      advice: 'Pass 0.5, or rampUp({ to: 0.1, steps: 1000 }).',
    });
  return made;
}

/** The rate for {@link rateOf}. */
const rateConfig = (rate: ScheduleLike): number | string => (isSchedule(rate) ? toConfigText(rate) : rate);
