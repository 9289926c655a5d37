import { mul, transform, type Transform } from '@downhill/core';
import { optimizer } from '@downhill/tfjs';
import { seedModel } from '@downhill/tfjs/layers';
import * as tf from '@tensorflow/tfjs-core';
import type { layers, LayersModel } from '@tensorflow/tfjs-layers';
import { expect } from 'vitest';
import { gradientFault } from './layer-gradient.ts';
import { examples, forward, modelWith, numbersOf, trainableModel } from './layer-trial.ts';
import { expectNoChance, expectNoFault } from './plugin-checks.ts';
import { savedAndLoaded } from './saved-model.ts';
import type { LayerLimits, TestLayerOptions } from './test-layer.ts';

type Layer = layers.Layer;
type LayerClass = tf.serialization.SerializableConstructor<tf.serialization.Serializable> & {
  fromConfig(cls: unknown, config: tf.serialization.ConfigDict): Layer;
};

/** What {@link testLayer} tests, by title; each throws where the layer breaks the contract. */
export function layerChecks(
  make: () => Layer,
  { inputShape, inputRange = [-2, 2], register }: TestLayerOptions,
): Record<string, () => Promise<void>> {
  const isDerivative = (make() as LayerLimits).gradientIsDerivative ?? true;

  /** Tries a model that is the layer alone, and leaves nothing behind. */
  const tried = async <T>(
    body: (model: LayersModel, inputs: readonly tf.Tensor[]) => T | Promise<T>,
    { layer = make(), seed = 3, count = 3, backend = 'cpu' }: { layer?: Layer; seed?: number; count?: number; backend?: string } = {},
  ): Promise<T> => {
    await tf.setBackend(backend);
    if (register === undefined) tf.serialization.registerClass(layer.constructor as LayerClass);
    else register();
    const model = modelWith(layer, inputShape, seed);
    const inputs = examples(inputShape, count, inputRange);
    try {
      return await body(model, inputs);
    } finally {
      tf.dispose(inputs);
      model.dispose();
    }
  };
  const outputs = (model: LayersModel, inputs: readonly tf.Tensor[], training?: boolean): number[] =>
    tf.tidy(() => numbersOf(forward(model, inputs, training)));
  /** What two training forwards and one outside give. */
  const told = (model: LayersModel, inputs: readonly tf.Tensor[]): readonly number[][] => [
    outputs(model, inputs, true),
    outputs(model, inputs, true),
    outputs(model, inputs, false),
  ];

  return {
    'has the shape and the dtype that it declares, and finite numbers': () =>
      tried((model, inputs) => {
        const layer = model.layers.at(-1) as Layer;
        const shapes = inputs.map(({ shape }) => shape);
        const declared = layer.computeOutputShape((shapes.length === 1 ? shapes[0] : shapes) as number[]);
        for (const training of [false, true])
          tf.tidy(() => {
            const y = forward(model, inputs, training);
            expect(y.shape, `the shape of the output, against computeOutputShape, training ${training}`).toEqual(declared);
            expect(y.dtype, 'the dtype of the output').toBe(layer.dtype ?? 'float32');
            const off = numbersOf(y).findIndex((value) => !Number.isFinite(value));
            if (off >= 0) expect.fail(`number ${off} of the output is not finite, training ${training}`);
          });
        const [batch, ...rest] = model.outputs[0]?.shape ?? [];
        expect(batch, 'the batch in the model’s shape').toBe(null);
        expect(
          rest.map((length, i) => length ?? (declared as number[])[i + 1]),
          'the shape in the model',
        ).toEqual((declared as number[]).slice(1));
      }),

    'keeps still outside training, which is where it is unless told': () =>
      tried((model, inputs) => {
        const still = outputs(model, inputs, false);
        expect(outputs(model, inputs, false), 'the output outside training, again').toEqual(still);
        expect(outputs(model, inputs), 'the output where nobody says whether it trains').toEqual(still);
      }),

    'does the same again for the same seed': async () => {
      const first = await tried(told);
      expect(await tried(told), 'the output of a second layer with the same seed').toEqual(first);
      const [a, b] = first;
      if (String(a) === String(b)) return; // draws nothing
      const others = await Promise.all([4, 5, 6].map(async (seed) => String((await tried(told, { seed }))[0])));
      expect(
        others.every((other) => other === String(a)),
        'whether other seeds give the same output in training',
      ).toBe(false);
    },

    'asks neither Math.random nor the clock': () => tried((model, inputs) => expectNoChance(() => void told(model, inputs))),

    'gives the same on wasm': async () => {
      const [here, there] = [await tried(told), await tried(told, { backend: 'wasm' })];
      await tf.setBackend('cpu');
      for (const [run, values] of here.entries()) {
        const size = Math.max(1e-3, ...values.map(Math.abs));
        const off = values.findIndex((value, i) => !(Math.abs(value - (there[run]?.[i] ?? Number.NaN)) <= 1e-4 * size));
        if (off >= 0) expect.fail(`number ${off} of the output is ${there[run]?.[off]} on wasm, ${values[off]} on cpu`);
      }
    },

    'writes a config that makes the same layer': async () => {
      const layer = make();
      const config = JSON.parse(JSON.stringify(layer.getConfig())) as tf.serialization.ConfigDict;
      const again = (): Layer =>
        (layer.constructor as LayerClass).fromConfig(layer.constructor, JSON.parse(JSON.stringify(config)) as tf.serialization.ConfigDict);
      expect(JSON.parse(JSON.stringify(again().getConfig())), 'the config of what was made').toEqual(config);
      expect(await tried(told, { layer: again() }), 'the output of what was made').toEqual(await tried(told));
    },

    'comes back from model.json': () =>
      tried(async (model, inputs) => {
        const loaded = await savedAndLoaded(model);
        try {
          expect(outputs(loaded, inputs, false), 'the output of a model that was loaded').toEqual(outputs(model, inputs, false));
          for (const each of [loaded, model]) seedModel(each, 3);
          expect(told(loaded, inputs), 'the output in training of a model that was loaded').toEqual(told(model, inputs));
          const configs = [loaded, model].map(({ layers: all }) => JSON.stringify(all.at(-1)?.getConfig()));
          expect(configs[0], 'the config of the layer that was loaded').toBe(configs[1]);
        } finally {
          loaded.dispose();
        }
      }),

    'has the gradient of finite differences': () =>
      tried((model, inputs) => expectNoFault('outside training', gradientFault(model, inputs, false))),

    ...(isDerivative
      ? {
          'has the gradient of finite differences in training, under the same draws': () =>
            tried((model, inputs) => expectNoFault('in training', gradientFault(model, inputs, true))),
        }
      : {}),

    'takes batches of any size': () =>
      tried(
        (model, inputs) =>
          tf.tidy(() => {
            const whole = forward(model, inputs, false);
            const size = Math.max(1e-3, ...numbersOf(whole).map(Math.abs));
            const rows = tf.unstack(whole).map(numbersOf);
            for (const count of [1, 2])
              for (const [row, values] of tf
                .unstack(
                  forward(
                    model,
                    inputs.map((x) => tf.slice(x, 0, count)),
                    false,
                  ),
                )
                .map(numbersOf)
                .entries())
                for (const [i, value] of values.entries())
                  if (!(Math.abs(value - (rows[row]?.[i] ?? Number.NaN)) <= 1e-5 * size))
                    expect.fail(`example ${row} gives ${value} in a batch of ${count}, ${rows[row]?.[i]} in one of ${rows.length}`);
            forward(
              model,
              inputs.map((x) => tf.slice(x, 0, 1)),
              true,
            );
          }),
        { count: 5 },
      ),

    'changes no input in place, and no weight outside training': () =>
      tried((model, inputs) => {
        const clones = inputs.map((x) => tf.clone(x));
        const arrays = inputs.map((x) => x.dataSync());
        const [before, weights] = [arrays.map((array) => [...array]), model.weights.map((weight) => numbersOf(weight.read()))];
        try {
          outputs(model, inputs, false);
          expect(
            model.weights.map((weight) => numbersOf(weight.read())),
            'the weights after a forward outside training',
          ).toEqual(weights);
          outputs(model, inputs, true);
          expect(clones.map(numbersOf), 'a clone of the inputs').toEqual(before);
          expect(
            arrays.map((array) => [...array]),
            'an array of the inputs, read before',
          ).toEqual(before);
        } finally {
          tf.dispose(clones);
        }
      }),

    'leaves no tensor behind': async () => {
      await tf.setBackend('cpu');
      const before = tf.memory().numTensors;
      await tried((model, inputs) => {
        outputs(model, inputs, true);
        const tensors = tf.memory().numTensors;
        for (const training of [false, true]) {
          forward(model, inputs, training).dispose();
          expect(tf.memory().numTensors - tensors, `tensors left by a forward, training ${training}`).toBe(0);
        }
        gradientFault(model, inputs, true);
        expect(tf.memory().numTensors - tensors, 'tensors left by gradients').toBe(0);
      });
      expect(tf.memory().numTensors - before, 'tensors left when the model is disposed of').toBe(0);
    },

    'trains in model.fit, the same each time, and leaves no tensor behind': async () => {
      const run = async (): Promise<readonly number[][]> => {
        await tf.setBackend('cpu');
        const model = trainableModel(make(), inputShape, 3);
        model.compile({ optimizer: optimizer(descent(Math.max(...inputRange.map(Math.abs)))), loss: 'meanSquaredError' });
        const xs = examples(inputShape, 8, inputRange);
        const y = tf.tensor2d([1, -1, 1, 1, -1, -1, 1, -1], [8, 1]);
        const weights = (): number[][] => model.trainableWeights.map((weight) => numbersOf(weight.read()));
        try {
          const first = weights();
          const fit = () =>
            model.fit(xs.length === 1 ? (xs[0] as tf.Tensor) : xs, y, { batchSize: 4, epochs: 1, shuffle: false, verbose: 0 });
          const { history } = await fit();
          expect((history['loss'] as number[]).every(Number.isFinite), 'a finite loss').toBe(true);
          expect(weights()[0], 'weights before the layer, which its gradient moves').not.toEqual(first[0]);
          const tensors = tf.memory().numTensors;
          await fit();
          expect(tf.memory().numTensors - tensors, 'tensors left by another epoch').toBe(0);
          return weights();
        } finally {
          tf.dispose([y, ...xs]);
          model.optimizer.dispose();
          model.dispose();
        }
      };
      expect(await run(), 'weights after two epochs, again').toEqual(await run());
    },
  };
}

/** Plain descent in steps that are small for inputs of this size. */
const descent = (size: number): Transform =>
  transform({ name: 'conformanceDescent', config: { size }, update: (g) => mul(g, 1e-3 / Math.max(1, size ** 2)) });
