import { complete } from '@downhill/core';
import type { Cadence } from '../meters/cadence.ts';
import { meter, scalar, type Measurement, type Meter } from '../meters/meter.ts';
import { checkHasLayers, readActivations, type LayerActivations } from './layer-activations.ts';
import { withActivations } from './with-outputs.ts';

/** Options of {@link activationMeter}. */
export interface ActivationMeterOptions {
  readonly every?: Cadence;
}

/**
 * What the layers give for the batch of a step, before the step and as in inference: `activations/0/mean`, `/std`, `/kurtosis` and `/median` of each layer by its
 * place; `dead units/0`, the share of units behind a ReLU that are 0 for all examples, and `saturated/0` behind tanh and sigmoid.
 *
 * Cost: one pass forward; it reads all activations.
 *
 * @example
 * const activations = activationMeter({ every: 100 });
 * activations.cost; // { forward: 1, backward: 0 }
 */
export function activationMeter(options: ActivationMeterOptions = {}): Meter {
  const { every } = complete('activationMeter', options, { every: undefined });
  return meter({
    name: 'activations',
    cost: { forward: 1, backward: 0 },
    needs: ['batch'],
    ...(every === undefined ? {} : { every }),
    begin({ model }) {
      checkHasLayers('activationMeter', model);
      return {
        beforeStep: async ({ batch }) => (await withActivations(model, batch.xs, readActivations)).flatMap(measurementsOf),
      };
    },
  });
}

function measurementsOf({ place, statistics, dead, saturated }: LayerActivations): Measurement[] {
  const { mean, std, kurtosis, percentiles } = statistics;
  const numbers = { mean, std, kurtosis, median: percentiles[2] ?? Number.NaN };
  return [
    ...Object.entries(numbers).map(([name, value]) => scalar(`activations/${place}/${name}`, value)),
    ...(dead === undefined ? [] : [scalar(`dead units/${place}`, dead.deadFraction)]),
    ...(saturated === undefined ? [] : [scalar(`saturated/${place}`, saturated)]),
  ];
}
