import { checkOneOf, complete } from '@downhill/core';
import type { Cadence } from '../meters/cadence.ts';
import { meter, scalar, type Gauge, type Measurement, type Meter } from '../meters/meter.ts';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { checkHasLayers, readActivations, type LayerActivations } from './layer-activations.ts';
import { listen, withActivations, type LayerOutput, type Listening } from './listen.ts';

/** Options of {@link activationMeter}. */
export interface ActivationMeterOptions {
  /** `training`: what the layers give in the step's own pass, dropout on. `own`: in a pass as in inference, before the step. @defaultValue 'training' */
  readonly pass?: 'training' | 'own';
  readonly every?: Cadence;
}

/**
 * What the layers give for the batch of a step: `activations/0/mean`, `/std`, `/kurtosis` and `/median` of each layer by its place; `dead units/0`, the share of
 * units behind a ReLU that are 0 for all examples, and `saturated/0` behind tanh and sigmoid. Of a layer that is called several times, the first call counts.
 *
 * Cost: no pass, as it listens to that of the step, or one pass forward of its own. It keeps and reads all activations.
 *
 * @example
 * const activations = activationMeter({ every: 100 });
 * activations.cost; // { forward: 0, backward: 0 }
 *
 * @throws DownhillError `invalid-argument` for another pass.
 */
export function activationMeter(options: ActivationMeterOptions = {}): Meter {
  const { pass, every } = complete('activationMeter', options, { pass: 'training', every: undefined });
  checkOneOf('activationMeter', 'pass', pass, ['training', 'own']);
  return meter({
    name: 'activations',
    cost: { forward: pass === 'own' ? 1 : 0, backward: 0 },
    needs: ['batch'],
    ...(every === undefined ? {} : { every }),
    begin({ model }) {
      checkHasLayers('activationMeter', model);
      return pass === 'own' ? { beforeStep: ({ batch }) => withActivations(model, batch.xs, measurements) } : listeningToSteps(model);
    },
  });
}

function listeningToSteps(model: LayersModel): Gauge {
  let listening: Listening | undefined;
  const release = (): void => {
    listening?.release();
    listening = undefined;
  };
  return {
    beforeStep() {
      release(); // of a step that failed
      listening = listen(model);
    },
    async afterStep() {
      listening?.stop();
      try {
        return await measurements(listening?.outputs ?? []);
      } finally {
        release();
      }
    },
    dispose: release,
  };
}

async function measurements(outputs: readonly LayerOutput[]): Promise<Measurement[]> {
  const first = new Map([...outputs].reverse().map((output) => [output.place, output]));
  const found = await readActivations([...first.values()].reverse());
  return found.flatMap(measurementsOf);
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
