import type { layers } from '@tensorflow/tfjs-layers';
import { describe, test } from 'vitest';
import type { InputShape } from './layer-trial.ts';

/** What a layer declares of itself, beside what all layers have. */
export interface LayerLimits {
  /** False where what comes back in training is meant to be something else than the derivative, as with shake-shake. @defaultValue true */
  readonly gradientIsDerivative?: boolean;
}

/** Options of {@link testLayer}. */
export interface TestLayerOptions {
  /** The shape of an example, or the shapes of an example's parts where the layer takes several inputs. */
  inputShape: InputShape;
  /** Between which numbers the inputs are. @defaultValue [-2, 2] */
  inputRange?: readonly [low: number, high: number];
  /** Makes the layer's class, and those of the layers in it, known to tfjs. @defaultValue its class is registered under its name */
  register?: () => void;
}

/**
 * Tests of a layer of tfjs-layers, for vitest, on `cpu` and `wasm`: the shape that it declares, its dtype, still outside training, seeded and
 * repeatable in it, a config and a `model.json` from which it comes back, the gradient of finite differences, batches of any size, `model.fit`,
 * nothing else changed in place, no leaks.
 *
 * A layer whose backward pass is meant to be another declares that itself: `gradientIsDerivative` of {@link LayerLimits}. One that draws is
 * seeded by `seedModel` of `@downhill/tfjs/layers`, and draws by `layerDraws` of `@downhill/tfjs`.
 *
 * @param name What the tests call it.
 * @param make Makes the layer anew at each call.
 *
 * @example
 * testLayer('Dropout', () => new Dropout({ rate: 0.4 }), { inputShape: [6, 4], register: registerLayers });
 */
export function testLayer(name: string, make: () => layers.Layer, options: TestLayerOptions): void {
  describe(`the layer contract: ${name}`, async () => {
    // Loaded here, so that tests of other plugins need no tfjs.
    await Promise.all([import('@tensorflow/tfjs-backend-cpu'), import('@tensorflow/tfjs-backend-wasm')]);
    const { layerChecks } = await import('./layer-checks.ts');
    for (const [title, check] of Object.entries(layerChecks(make, options))) test(title, check);
  });
}
