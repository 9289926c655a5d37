import { checkNumber, checkOneOf } from '@downhill/core';
import { serialization, type Tensor } from '@tensorflow/tfjs-core';
import { initialWeights, INITIALIZATIONS, type Initialization, type InitialWeightsOptions } from './initial-weights.ts';
import { initializerBase, type LayersInitializer } from './internals/layers-initializer.ts';

/** Options of {@link seededInitializer}. */
export interface SeededInitializerOptions extends InitialWeightsOptions {
  readonly name: Initialization;
}

/** An initializer that can also be drawn from a stream that the caller names, as `seedModel` does. */
export interface SeededInitializer extends LayersInitializer {
  draw(shape: readonly number[], source: { readonly seed: number; readonly stream: string }): Tensor;
}

type SeededInitializerClass = new (options: SeededInitializerOptions) => SeededInitializer;

let made: SeededInitializerClass | undefined;

/** The class is made at the first call: an import alone must not touch tfjs-layers. */
function seededInitializerClass(): SeededInitializerClass {
  return (made ??= class DownhillInitializer extends initializerBase() implements SeededInitializer {
    static get className(): string {
      return 'DownhillInitializer';
    }
    private readonly options: Required<SeededInitializerOptions>;
    private calls = 0;

    // tfjs-layers adds fields of its own to a config that it loads: only ours are kept.
    constructor({ name, seed, stream = 'initializer', gain = 1 }: SeededInitializerOptions) {
      super();
      checkOneOf('seededInitializer', 'name', name, INITIALIZATIONS);
      checkNumber('seededInitializer', { seed }, { integer: true });
      this.options = { name, seed, stream, gain };
    }

    override apply(shape: number[]): Tensor {
      const { seed, stream } = this.options;
      return this.draw(shape, { seed, stream: `${stream} ${this.calls++}` });
    }

    draw(shape: readonly number[], source: { readonly seed: number; readonly stream: string }): Tensor {
      const { name, gain } = this.options;
      return initialWeights(name, shape, { gain, ...source });
    }

    override getConfig(): serialization.ConfigDict {
      return { ...this.options };
    }
  });
}

/**
 * First weights for a layer of tfjs-layers, keyed by the seed and the initializer's count of calls: a layer cannot tell its
 * initializer who it is. Give each layer a seed of its own, or call `seedModel` on the whole model.
 *
 * @example
 * const kernelInitializer = seededInitializer({ name: 'heNormal', seed: 1 });
 * kernelInitializer.apply([2, 3]).shape; // [2, 3]
 *
 * @throws DownhillError `invalid-argument` for an unknown name or a seed that is no safe integer.
 */
export function seededInitializer(options: SeededInitializerOptions): SeededInitializer {
  return new (seededInitializerClass())(options);
}

/** Makes this package's layers and initializers known to tfjs, so that `tf.loadLayersModel` builds them again. */
export function registerLayers(): void {
  serialization.registerClass(seededInitializerClass() as unknown as serialization.SerializableConstructor<SeededInitializer>);
}
