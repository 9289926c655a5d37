import { createRequire } from 'node:module';
import { defaultDevice, init, jit, numpy as np } from '@jax-js/jax';
import type { Contender } from '../measure/contender.ts';
import { noise } from '../noise.ts';
import { sizeOf, type WeightsCase } from './cases.ts';
import { ADAMW } from './settings.ts';

/** What one call of the jitted step takes and gives; every list is as long as the weights are many. */
type State = { w: np.Array[]; m: np.Array[]; v: np.Array[] };

/**
 * AdamW over all tensors in one `jit` of jax-js, on its wasm device.
 *
 * The bias corrections are computed outside and passed in, as jax-js's own optax port does: under `jit` it would compute their powers for
 * each element. Arrays are counted by hand: `x.ref` keeps `x` for a later use.
 */
export async function jaxAdamW({ shapes }: WeightsCase): Promise<Contender> {
  await init('wasm');
  defaultDevice('wasm');
  const { learningRate, beta1, beta2, epsilon, weightDecay } = ADAMW;
  const update = jit(({ w, m, v }: State, g: np.Array[], scale1: np.Array, scale2: np.Array): State => {
    const next: State = { w: [], m: [], v: [] };
    for (const [index, gradient] of g.entries()) {
      const nextM = at(m, index)
        .mul(beta1)
        .add(gradient.ref.mul(1 - beta1));
      const nextV = at(v, index)
        .mul(beta2)
        .add(np.square(gradient).mul(1 - beta2));
      const direction = nextM.ref.mul(scale1.ref).div(np.sqrt(nextV.ref.mul(scale2.ref)).add(epsilon));
      next.w.push(
        at(w, index)
          .mul(1 - learningRate * weightDecay)
          .sub(direction.mul(learningRate)),
      );
      next.m.push(nextM);
      next.v.push(nextV);
    }
    scale1.dispose();
    scale2.dispose();
    return next;
  });

  const arrays = (scale: number): np.Array[] => shapes.map((shape) => np.array(noise(sizeOf(shape), scale)).reshape([...shape]));
  const gradients = arrays(0.01);
  const smallest = shapes.reduce((best, shape, index) => (sizeOf(shape) < sizeOf(shapes[best] ?? shape) ? index : best), 0);
  let state: State = { w: arrays(0.05), m: arrays(0), v: arrays(0) };
  let t = 0;
  return {
    step() {
      t++;
      const scale1 = np.array(1 / (1 - beta1 ** t));
      const scale2 = np.array(1 / (1 - beta2 ** t));
      state = update(
        state,
        gradients.map((gradient) => gradient.ref),
        scale1,
        scale2,
      );
      at(state.w, smallest).ref.dataSync(); // work is queued until somebody reads: one read runs all of it, faster than blockUntilReady
    },
    notes: { 'jax-js': version() },
  };
}

function at(arrays: readonly np.Array[], index: number): np.Array {
  const found = arrays[index];
  if (found === undefined) throw new RangeError(`no array ${index}`);
  return found;
}

function version(): string {
  const entry = createRequire(import.meta.url).resolve('@jax-js/jax');
  const { version: found } = createRequire(import.meta.url)(entry.replace(/dist[\\/].*$/, 'package.json')) as { version: string };
  return found;
}
