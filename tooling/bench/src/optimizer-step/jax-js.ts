import { createRequire } from 'node:module';
import { defaultDevice, init, jit, numpy as np } from '@jax-js/jax';
import type { Contender } from '../measure/contender.ts';
import { noise } from '../noise.ts';
import { sizeOf, type WeightsCase } from './cases.ts';
import { ADAMW } from './settings.ts';

/** What one call of the jitted step takes and gives; every list is as long as the weights are many. */
type State = { w: np.Array[]; m: np.Array[]; v: np.Array[]; t: np.Array };

/** Numbers that a step is given from outside. */
type Scales = { first: np.Array; second: np.Array };

/**
 * AdamW over all tensors in one `jit` of jax-js, on its wasm device.
 *
 * As people write it, the step is a pure function of its state, with the count of steps in it: each tensor's update divides
 * by 1 − βᵗ, and jax-js fuses the power into the tensor's kernel, where it is computed for every element. Tuned, both
 * corrections are computed outside and passed in. Arrays are counted by hand: `x.ref` keeps `x` for a later use.
 */
export async function jaxAdamW({ shapes }: WeightsCase, { tuned }: { tuned: boolean }): Promise<Contender> {
  await init('wasm');
  defaultDevice('wasm');
  const { learningRate, beta1, beta2, epsilon, weightDecay } = ADAMW;
  const update = jit(({ w, m, v, t }: State, g: np.Array[], scales: Scales): State => {
    const count = t.add(1);
    const corrected = (moment: np.Array, beta: number, scale: np.Array): np.Array =>
      tuned ? moment.mul(scale.ref) : moment.div(np.subtract(1, np.power(beta, count.ref)));
    const next: State = { w: [], m: [], v: [], t: count.ref };
    for (const [index, gradient] of g.entries()) {
      const nextM = at(m, index)
        .mul(beta1)
        .add(gradient.ref.mul(1 - beta1));
      const nextV = at(v, index)
        .mul(beta2)
        .add(np.square(gradient).mul(1 - beta2));
      const root = np.sqrt(corrected(nextV.ref, beta2, scales.second)).add(epsilon);
      const direction = corrected(nextM.ref, beta1, scales.first).div(root);
      next.w.push(
        at(w, index)
          .mul(1 - learningRate * weightDecay)
          .sub(direction.mul(learningRate)),
      );
      next.m.push(nextM);
      next.v.push(nextV);
    }
    count.dispose();
    scales.first.dispose();
    scales.second.dispose();
    return next;
  });

  const arrays = (scale: number): np.Array[] => shapes.map((shape) => np.array(noise(sizeOf(shape), scale)).reshape([...shape]));
  const gradients = arrays(0.01);
  const smallest = shapes.reduce((best, shape, index) => (sizeOf(shape) < sizeOf(shapes[best] ?? shape) ? index : best), 0);
  let state: State = { w: arrays(0.05), m: arrays(0), v: arrays(0), t: np.array(0) };
  let t = 0;
  return {
    step() {
      t++;
      const scales = { first: np.array(1 / (1 - beta1 ** t)), second: np.array(1 / (1 - beta2 ** t)) };
      state = update(
        state,
        gradients.map((gradient) => gradient.ref),
        scales,
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
