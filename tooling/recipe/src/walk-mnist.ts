import { chain, kernelsOnly } from '@downhill/core';
import { digitsModel, mnist } from '@downhill/demo/recipe';
import { readMnist } from '@downhill/demo/node';
import { sevenSteps, type GuidedEvent, type SevenSteps } from '@downhill/diagnostics';
import { adamw, clipByGlobalNorm } from '@downhill/optimizers';
import { split } from '@downhill/training';
import { sobol, studySearch, successiveHalving } from '@downhill/tuning';
import { registerWasmTrainingKernels } from '@downhill/wasm-kernels';
import '@tensorflow/tfjs-backend-wasm';
import { enableProdMode, setBackend } from '@tensorflow/tfjs-core';

/** How large a walk is. */
interface Size {
  /** Training images, from the first on, of which a sixth is held out for validation. */
  readonly images: number;
  readonly rateSteps: number;
  readonly weightDecays: readonly number[];
  readonly coarse: { readonly trials: number; readonly epochs: number };
  readonly fine: { readonly trials: number; readonly epochs: number };
}

/** Minutes on two cores. A sixth of the images tells good settings from bad ones, and leaves time for epochs enough to read curves. */
const FULL: Size = {
  images: 12_000,
  rateSteps: 100,
  weightDecays: [1e-4, 1e-5, 0],
  coarse: { trials: 15, epochs: 1 },
  fine: { trials: 6, epochs: 8 },
};
const QUICK: Size = {
  images: 1200,
  rateSteps: 30,
  weightDecays: [1e-4, 0],
  coarse: { trials: 6, epochs: 1 },
  fine: { trials: 3, epochs: 5 },
};

export interface WalkOptions {
  readonly seed: number;
  readonly quick: boolean;
  readonly signal: AbortSignal;
  readonly onEvent: (event: GuidedEvent) => void;
}

/** Walks the seven steps with the network and the rule of `npm start` on the `wasm` backend; the test images stay out of it. */
export async function walkMnist({ seed, quick, signal, onEvent }: WalkOptions): Promise<SevenSteps> {
  enableProdMode();
  await setBackend('wasm');
  await registerWasmTrainingKernels();
  const { images, ...size } = quick ? QUICK : FULL;
  const { training, heldOut } = split(mnist(await readMnist(), images).training, { share: 1 / 6, seed });
  return sevenSteps(
    () => digitsModel(0),
    { training, validation: heldOut },
    {
      search: studySearch({ sampler: sobol(), pruner: successiveHalving({ reductionFactor: 2 }) }),
      transform: ({ learningRate, weightDecay }) =>
        chain(clipByGlobalNorm(1), adamw({ learningRate, weightDecay, decayMask: kernelsOnly })),
      batchSize: 64,
      seed,
      signal,
      onEvent,
      ...size,
    },
  );
}
