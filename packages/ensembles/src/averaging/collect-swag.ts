import { checkNumber, complete, DownhillError, type KeptTensor, type TrainingHook } from '@downhill/core';
import { captureWeights, checkModel, type TrainableModel } from '@downhill/training';
import type { SwagMoments, SwagPosterior } from './swag-posterior.ts';

/** Options of {@link collectSwag}. */
export interface CollectSwagOptions {
  /** The model that is trained. */
  readonly model: TrainableModel;
  /** What is fitted. */
  readonly posterior: SwagPosterior;
  /** Epochs that are finished before the first that counts. @defaultValue 0; the paper starts after about three quarters, at a high constant rate */
  readonly fromEpoch?: number;
  /** Epochs from one set of weights to the next. @defaultValue 1 (the paper) */
  readonly everyEpochs?: number;
}

/**
 * A hook that collects a model's trained weights for {@link swagPosterior} at the ends of epochs. Checkpoints keep what was collected, so that a resumed run
 * fits the same distribution.
 *
 * @example
 * const model = { variables: [], predict: (x) => x };
 * collectSwag({ model, posterior: swagPosterior(), fromEpoch: 75 }).name; // 'collectSwag'
 *
 * @throws DownhillError `invalid-argument` for wrong options.
 */
export function collectSwag(options: CollectSwagOptions): TrainingHook {
  const { model, posterior, fromEpoch, everyEpochs } = complete('collectSwag', options, {
    model: undefined,
    posterior: undefined,
    fromEpoch: 0,
    everyEpochs: 1,
  });
  checkModel('collectSwag', model);
  if (typeof posterior?.collect !== 'function')
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'collectSwag',
      problem: '`posterior` must be given',
      advice: 'swagPosterior() makes one.',
    });
  checkNumber('collectSwag', { fromEpoch }, { min: 0, integer: true });
  checkNumber('collectSwag', { everyEpochs }, { min: 1, integer: true });
  return {
    kind: 'hook',
    name: 'collectSwag',
    onStart({ step }) {
      if (step === 0) posterior.load(0, new Map());
    },
    async onEpoch({ epoch }) {
      if (epoch > fromEpoch && (epoch - fromEpoch) % everyEpochs === 0) posterior.collect(await captureWeights(model, { trainable: true }));
    },
    saveState: () => posterior.snapshots,
    saveTensors: () => new Map([...posterior.moments].flatMap(([name, moments]) => kept(name, moments))),
    loadState: (snapshots) => posterior.load(Number(snapshots), posterior.moments),
    loadTensors: (tensors) => posterior.load(posterior.snapshots, loaded(tensors)),
  };
}

/** Checkpoints have no float64: its bits are kept as whole numbers. */
const bitsOf = (values: Float64Array): KeptTensor => ({
  dtype: 'int32',
  shape: [values.length, 2],
  values: new Int32Array(values.slice().buffer),
});

function kept(name: string, { shape, mean, squareMean, deviations }: SwagMoments): [string, KeptTensor][] {
  const of = (what: string, tensor: KeptTensor): [string, KeptTensor] => [`${what}/${name}`, tensor];
  return [
    of('mean', bitsOf(mean)),
    of('squareMean', bitsOf(squareMean)),
    ...deviations.map((values, k) => of(`deviation.${k}`, { dtype: 'float32', shape, values: values.slice() })),
    of('shape', { dtype: 'int32', shape: [shape.length], values: Int32Array.from(shape) }),
  ];
}

function loaded(tensors: ReadonlyMap<string, KeptTensor>): ReadonlyMap<string, SwagMoments> {
  const doubles = (name: string): Float64Array => new Float64Array(Int32Array.from(tensors.get(name)?.values ?? []).buffer);
  const names = [...tensors.keys()].filter((key) => key.startsWith('mean/')).map((key) => key.slice('mean/'.length));
  return new Map(
    names.map((name): [string, SwagMoments] => {
      const deviations: Float32Array[] = [];
      for (;;) {
        const next = tensors.get(`deviation.${deviations.length}/${name}`);
        if (next === undefined) break;
        deviations.push(Float32Array.from(next.values));
      }
      const shape = [...(tensors.get(`shape/${name}`)?.values ?? [])];
      return [name, { shape, mean: doubles(`mean/${name}`), squareMean: doubles(`squareMean/${name}`), deviations }];
    }),
  );
}
