import { expectedCalibrationError, accuracy, negativeLogLikelihood, reliabilityDiagram } from '@downhill/ensembles';
import { sha256 } from '@downhill/training';
import type { Outcome, Trial, Watch } from '../experiment.ts';
import { settingsOf } from '../fashion/settings.ts';
import { useWasm } from '../fashion/train-network.ts';
import { ACCURACY } from '../quantities.ts';
import { ema, swa } from './averaged-weights.ts';
import { classesOf } from './classes-of.ts';
import type { Method } from './methods.ts';
import { flipped, single, temperatureScaled } from './one-network.ts';
import { lastOfOneRun, snapshotsOfOneRun } from './one-run.ts';
import { BYTES, ECE, NLL, TIME } from './quantities.ts';
import { soup } from './soup.ts';
import { bagged, deep } from './trained-ensemble.ts';
import { withNetwork, workOf, type Prediction, type Work } from './work.ts';

/** Trains what a method needs, predicts the held-out pictures and judges that. */
export async function trainMethod(trial: Trial, watch: Watch): Promise<Outcome | undefined> {
  const { chosen } = settingsOf<Method>(trial.plan, trial.arm);
  await useWasm();
  const work = await workOf(trial, watch);
  const start = process.cpuUsage();
  try {
    const prediction = await predictionOf(work, chosen);
    const { user, system } = process.cpuUsage(start); // microseconds
    return await outcomeOf(prediction, classesOf(work.data.heldOut), (user + system) / 1e6);
  } catch (error) {
    if (watch.signal.aborted) return undefined;
    throw error;
  }
}

function predictionOf(work: Work, method: Method): Promise<Prediction> {
  switch (method.kind) {
    case 'single':
      return single(work);
    case 'temperature':
      return temperatureScaled(work);
    case 'flips':
      return flipped(work, method);
    case 'EMA':
      return ema(work, method);
    case 'SWA':
      return swa(work, method);
    case 'last epochs':
      return lastOfOneRun(work, method);
    case 'snapshots':
      return snapshotsOfOneRun(work, method);
    case 'deep ensemble':
      return deep(work, method);
    case 'bagging':
      return bagged(work, method);
    case 'greedy soup':
      return soup(work, method);
    default:
      throw new TypeError(String(method satisfies never));
  }
}

async function outcomeOf({ outputs, networks, details = {} }: Prediction, labels: Int32Array, seconds: number): Promise<Outcome> {
  const parameters = await withNetwork((model) => Promise.resolve(model.countParams()));
  const quantities = {
    [ACCURACY]: accuracy(outputs, labels),
    [NLL]: negativeLogLikelihood(outputs, labels),
    [ECE]: expectedCalibrationError(outputs, labels),
    [TIME]: seconds,
    [BYTES]: networks * parameters * Float32Array.BYTES_PER_ELEMENT,
  };
  const { bins } = reliabilityDiagram(outputs, labels);
  const weights = await sha256(new Uint8Array(Float64Array.from(outputs.values).buffer));
  return { quantities, weights, details: { ...details, bins: bins.map((bin) => ({ ...bin })) } };
}
