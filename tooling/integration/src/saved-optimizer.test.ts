import { adamw, chain, clipByGlobalNorm, masked, sgd } from '@downhill/optimizers';
import { cosine, warmup } from '@downhill/schedulers';
import { optimizer, register, type DownhillOptimizer } from '@downhill/tfjs';
import { seedModel } from '@downhill/tfjs/layers';
import * as tf from '@tensorflow/tfjs-core';
import { layers, loadLayersModel, sequential, type LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBackend } from './use-backend.ts';

register({ adamw, clipByGlobalNorm, cosine, sgd, warmup });

const transform = () =>
  chain(
    clipByGlobalNorm(0.5),
    adamw({ learningRate: warmup(cosine({ from: 0.05, steps: 20 }), { steps: 3 }), weightDecay: 0.1, decayMask: { names: ['*/kernel'] } }),
  );

const net = (names: boolean): LayersModel => {
  const name = (text: string) => (names ? { name: text } : {});
  return sequential({
    layers: [
      layers.dense({ units: 5, inputShape: [4], activation: 'tanh', ...name('Hidden_layer') }),
      layers.dense({ units: 2, ...name('fc_out') }),
    ],
  });
};

function compiled(model: LayersModel): LayersModel {
  model.compile({ loss: 'meanSquaredError', optimizer: optimizer(transform()) });
  return model;
}

/** Three steps on data that depend on the number of steps so far. */
async function train(model: LayersModel, from: number): Promise<void> {
  for (let step = from; step < from + 3; step++) {
    const x = tf.sin(tf.reshape(tf.range(step, step + 32, 1, 'float32'), [8, 4]));
    const y = tf.cos(tf.reshape(tf.range(step, step + 16, 1, 'float32'), [8, 2]));
    await model.trainOnBatch(x, y);
    tf.dispose([x, y]);
  }
}

/** Saves to memory and loads as a file would be: specs and numbers, no objects shared. */
async function savedAndLoaded(model: LayersModel): Promise<LayersModel> {
  let artifacts: tf.io.ModelArtifacts = {};
  const save = (given: tf.io.ModelArtifacts): Promise<tf.io.SaveResult> => {
    artifacts = {
      ...(JSON.parse(JSON.stringify({ ...given, weightData: undefined })) as tf.io.ModelArtifacts),
      weightData: given.weightData as ArrayBuffer,
    };
    return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
  };
  await model.save({ save }, { includeOptimizer: true });
  return loadLayersModel({ load: () => Promise.resolve(artifacts) });
}

const bitsOf = (model: LayersModel): string =>
  JSON.stringify(model.getWeights().map((weight) => [...new Uint32Array(weight.dataSync().buffer)]));

describe.each(['cpu', 'wasm'] as const)('a model saved with its optimizer, on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  test.each([
    ['named', true],
    ['named automatically', false],
  ])('goes on with the same bits after each of two loads in one process; layers are %s', async (_, names) => {
    const straight = compiled(net(names));
    seedModel(straight, 1);
    for (const from of [0, 3, 6]) await train(straight, from);

    let model = compiled(net(names));
    seedModel(model, 1);
    await train(model, 0);
    for (const from of [3, 6]) {
      model = await savedAndLoaded(model);
      expect((model.optimizer as DownhillOptimizer).iterations).toBe(from);
      await train(model, from);
    }
    expect(bitsOf(model)).toBe(bitsOf(straight));
  });

  test('keeps state that no step has claimed yet when it is saved again', async () => {
    const straight = compiled(net(true));
    seedModel(straight, 1);
    await train(straight, 0);
    const twice = await savedAndLoaded(await savedAndLoaded(straight));
    await train(straight, 3);
    await train(twice, 3);
    expect(bitsOf(twice)).toBe(bitsOf(straight));
  });

  test('leaks no tensor, however often it is saved', async () => {
    const model = compiled(net(true));
    await train(model, 0);
    const save = { save: () => Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' as const } }) };
    await model.save(save, { includeOptimizer: true });
    const before = tf.memory().numTensors;
    for (let i = 0; i < 3; i++) await model.save(save, { includeOptimizer: true });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('a saved optimizer', () => {
  beforeAll(() => useBackend('cpu'));

  test('is the transform that was written, schedules and masks included', () => {
    const config = optimizer(transform()).getConfig();
    const again = tf.serialization.SerializationMap.getMap().classNameMap['DownhillOptimizer'];
    const loaded = again?.[1]?.(again[0], config) as DownhillOptimizer;
    expect(JSON.stringify(loaded.transform)).toBe(JSON.stringify(transform()));
  });

  test('with a mask that is a function is refused, saying what to use instead', () => {
    const given = optimizer(masked(sgd(), ({ shape }) => shape.length > 1));
    expect(() => given.getConfig()).toThrow(
      expect.objectContaining({ code: 'not-serializable', message: expect.stringMatching(/names.*shape|shape.*names|rank/i) }),
    );
  });

  test('for another model is refused at the first step, listing both sides', async () => {
    const weights = [
      { name: 'iter', tensor: tf.scalar(3, 'int32') },
      { name: 'other/kernel/scaleByAdam/m', tensor: tf.zeros([2, 2]) },
      { name: 'other/kernel/scaleByAdam/v', tensor: tf.zeros([2, 2]) },
    ];
    const variable = tf.variable(tf.zeros([3]), true, 'mine/kernel');
    const given = optimizer(adamw());
    await given.setWeights(weights);
    const before = tf.memory().numTensors;
    const gradient = tf.ones([3]);
    expect(() => given.applyGradients({ [variable.name]: gradient })).toThrow(
      expect.objectContaining({ code: 'state-mismatch', message: expect.stringMatching(/mine\/kernel.*other\/kernel/) }),
    );
    expect(variable.dataSync()).toEqual(new Float32Array(3));
    gradient.dispose();
    expect(tf.memory().numTensors).toBe(before);
    given.dispose();
    variable.dispose();
  });
});
