import { layerDraws, randomUniform } from '@downhill/tfjs';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import { describe, expect, test } from 'vitest';
import { layerChecks } from './layer-checks.ts';
import { testLayer, type TestLayerOptions } from './test-layer.ts';

type Config = NonNullable<ConstructorParameters<typeof layers.Layer>[0]> & { readonly rate?: number };
type Weight = ReturnType<layers.Layer['addWeight']>;

/** Multiplies by a weight and, in training, by coins of mean 1. */
class Flicker extends layers.Layer {
  static get className(): string {
    return 'ConformanceFlicker';
  }
  readonly rate: number;
  protected gain: Weight | undefined;
  readonly #draws;

  constructor({ rate = 0.5, ...config }: Config = {}) {
    super(config);
    this.rate = rate;
    this.#draws = layerDraws(this, 0);
  }

  override build(): void {
    this.gain = this.addWeight('gain', [], 'float32', initializers.ones());
    this.built = true;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training = false }: { training?: boolean } = {}): tf.Tensor {
    return tf.tidy(() => {
      const x = [inputs].flat()[0] as tf.Tensor;
      const draw = this.#draws.next(training);
      const y = tf.mul(x, (this.gain as Weight).read());
      return draw === undefined ? y : tf.mul(y, this.noise(x, draw.key.join(' ')));
    });
  }

  protected noise(x: tf.Tensor, stream: string): tf.Tensor {
    return tf.div(tf.cast(tf.greater(randomUniform(x.shape, { seed: 0, stream }), this.rate), 'float32'), 1 - this.rate);
  }

  override computeOutputShape(inputShape: (number | null)[]): (number | null)[] {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.rate };
  }
}

testLayer('Flicker', () => new Flicker({ rate: 0.25 }), { inputShape: [5, 3] });
testLayer('dense', () => layers.dense({ units: 4, kernelInitializer: 'heNormal' }), { inputShape: [3], register: () => {} });
testLayer('add', () => layers.add(), { inputShape: [[3], [3]], register: () => {} });

/** A layer that is right but for one method. */
function broken(change: (proto: Flicker, call: Flicker['call']) => Partial<Flicker>): () => layers.Layer {
  return () => {
    class Broken extends Flicker {
      static override get className(): string {
        return 'ConformanceBroken';
      }
    }
    const proto = Broken.prototype as Flicker;
    Object.assign(proto, change(proto, Flicker.prototype.call));
    return new Broken({ rate: 0.25 });
  };
}

/** The layer as it is, after something has been done to the input or the output. */
const calling = (act: (this: Flicker, y: tf.Tensor, training: boolean, x: tf.Tensor) => tf.Tensor): (() => layers.Layer) =>
  broken((_, call) => ({
    call(this: Flicker, inputs: tf.Tensor | tf.Tensor[], { training = false }: { training?: boolean } = {}) {
      const x = [inputs].flat()[0] as tf.Tensor;
      return act.call(this, call.call(this, inputs, { training }), training, x);
    },
  }));

let count = 0;
const sources: readonly (readonly [fault: string, check: string, says: string | RegExp, make: () => layers.Layer])[] = [
  ['an output of another shape than it declares', 'has the shape', 'against computeOutputShape', calling((y) => tf.reshape(y, [3, 15]))],
  ['an output of another dtype', 'has the shape', 'the dtype of the output', calling((y) => tf.cast(y, 'int32'))],
  ['a division by 0', 'has the shape', 'is not finite', calling((y) => tf.div(y, 0))],
  ['draws outside training', 'keeps still outside training', 'outside training, again', calling((y) => tf.mul(y, ++count))],
  [
    'training unless told otherwise',
    'keeps still outside training',
    'where nobody says',
    broken((_, call) => ({
      call: function (this: Flicker, inputs: tf.Tensor, kwargs: { training?: boolean } = {}) {
        return call.call(this, inputs, { training: kwargs.training ?? true });
      },
    })),
  ],
  [
    'draws that the seed does not decide',
    'does the same again',
    'a second layer with the same seed',
    calling((y, training) => (training ? tf.mul(y, ++count) : y)),
  ],
  [
    'draws that the seed does not change',
    'does the same again',
    'other seeds give the same',
    broken(
      () =>
        ({
          noise: (x: tf.Tensor) => {
            count = (count + 1) % 2;
            return tf.fill(x.shape, 1 + count);
          },
        }) as never,
    ),
  ],
  ['chance', 'asks neither', 'calls of Math.random', calling((y) => tf.mul(y, Math.random()))],
  ['a number taken from the backend', 'gives the same on wasm', 'on wasm', calling((y) => (tf.getBackend() === 'wasm' ? tf.mul(y, 2) : y))],
  ['a config that leaves a number out', 'writes a config', /of what was made/, broken(() => ({ getConfig: () => ({ name: 'flicker' }) }))],
  [
    'a weight that is not saved',
    'comes back from model.json',
    'a model that was loaded',
    broken(() => ({
      build(this: Flicker) {
        (this as unknown as { gain: unknown }).gain = { read: () => tf.scalar(++count) };
        this.built = true;
      },
    })),
  ],
  [
    'a gradient that is cut off',
    'has the gradient of finite differences',
    'outside training: the gradient by input 0',
    calling((y) => {
      const doubled = tf.customGrad((x) => ({ value: tf.mul(x as tf.Tensor, 2), gradFunc: (dy: tf.Tensor) => dy }));
      return doubled(y);
    }),
  ],
  [
    'a gradient under other draws',
    'has the gradient of finite differences in training',
    'in training: the gradient by input 0',
    calling((y, training) => {
      const f = tf.customGrad((x) => ({ value: x as tf.Tensor, gradFunc: (dy: tf.Tensor) => (training ? tf.neg(dy) : dy) }));
      return f(y);
    }),
  ],
  ['examples that look at each other', 'takes batches of any size', 'in a batch of 1', calling((y) => tf.sub(y, tf.mean(y, 0, true)))],
  [
    'an input written in place',
    'changes no input',
    'a clone of the inputs',
    calling((y, _, x) => {
      (x.dataSync() as Float32Array)[0]! += 1;
      return y;
    }),
  ],
  [
    'a weight moved outside training',
    'changes no input',
    'the weights after a forward outside training',
    calling(function (y) {
      const gain = (this as unknown as { gain: Weight }).gain;
      tf.tidy(() => void gain.write(tf.add(gain.read(), 1)));
      return y;
    }),
  ],
  [
    'a tensor kept',
    'leaves no tensor',
    'tensors left by a forward',
    calling((y) => {
      tf.keep(tf.zeros([1]));
      return y;
    }),
  ],
  [
    'a gradient that is 0',
    'trains in model.fit',
    'weights before the layer',
    calling((y) => {
      const stopped = tf.customGrad((x) => ({ value: tf.clone(x as tf.Tensor), gradFunc: (dy: tf.Tensor) => tf.zerosLike(dy) }));
      return stopped(y);
    }),
  ],
];

const options: TestLayerOptions = { inputShape: [5, 3] };

describe('testLayer finds', () => {
  test.each(sources)('%s', async (_, check, says, make) => {
    const found = Object.entries(layerChecks(make, options)).find(([title]) => title.startsWith(check));
    await expect((async () => found?.[1]())(), `a check '${check}'`).rejects.toThrow(says);
  });

  test('nothing wrong with another gradient in training where that is declared', () => {
    const titles = Object.keys(
      layerChecks(
        broken(() => ({ gradientIsDerivative: false }) as never),
        options,
      ),
    );
    expect(titles.filter((title) => title.startsWith('has the gradient'))).toEqual(['has the gradient of finite differences']);
  });
});
